# SPDX-License-Identifier: BSL-1.0
"""What arsync prints, on a terminal and elsewhere."""
import os
import pty
import subprocess

from support import ArsyncTest, FILE_IO, PROGRAM, PARTIAL, SUCCESS


class Output(ArsyncTest):
    def test_information(self):
        self.assertTrue(self.arsync("--version", expect=SUCCESS).out.startswith(b"arsync "))
        text = self.arsync("--help", expect=SUCCESS).out
        for option in (b"--dry-run", b"--verbose", b"--quiet", b"--cpu-count", b"--capabilities", b"--version"):
            self.assertIn(option, text)
        self.assertEqual(self.arsync("-h", expect=SUCCESS).out, text)
        self.assertRegex(self.arsync("--capabilities", expect=SUCCESS).out,
                         rb"(?m)^openat +(ring|workers) +18 +5\.6 +while it waits +openat\(2\)")

    def test_summary(self):
        self.tree("src")
        text = self.arsync("src/", "dst", expect=SUCCESS).out
        self.assertIn(b"Copied 2 files, 3 directories, 1 symbolic link, 1 special file, 1 hard link", text)
        self.assertNotIn(b"\r", text)

    def test_quiet(self):
        self.tree("src")
        self.assertEqual(self.arsync("-q", "src/", "dst", expect=SUCCESS).out, b"")

    def test_verbose(self):
        self.tree("src")
        lines = self.arsync("-v", "src", "dst", expect=SUCCESS).out.splitlines()
        for name in (b"src/", b"src/file", b"src/sub/", b"src/sub/link -> ../file", b"src/fifo", b"src/sub/deeper/file"):
            self.assertIn(name, lines)
        self.assertTrue(b"src/sub/hard => src/file" in lines or b"src/file => src/sub/hard" in lines, lines)
        again = self.arsync("-v", "src", "dst", expect=SUCCESS).out
        self.assertNotIn(b"src/", again)
        self.assertIn(b"src/sub/deeper/file\n", self.arsync("-vv", "src", "dst", expect=SUCCESS).out)
        self.write("dst/src/extra")
        self.assertIn(b"deleting src/extra\n", self.arsync("-v", "--delete", "src", "dst", expect=SUCCESS).out)

    def test_dry_run(self):
        self.tree("src")
        before = self.listing(".")
        text = self.arsync("-nv", "src", "dst/", expect=SUCCESS).out
        self.assertIn(b"src/sub/deeper/file\n", text)
        self.assertIn(b"Would copy 2 files", text)
        self.assertEqual(before, self.listing("."))

    def test_names_cannot_command_the_terminal(self):
        names = [b"esc\x1b[31mred", b"new\nline", b"del\x7f", b"c1\xc2\x9b1m", b"bad\xff\xfe", b"over\xe2\x80\xaeturn",
                 b"plain \xc3\xa9\xe5\x90\x8d", b"like\\#033"]
        for name in names:
            self.write(os.path.join("src", os.fsdecode(name)))
        lines = self.arsync("-v", "src/", "dst", expect=SUCCESS).out.split(b"\n")
        self.assertIn(b"esc\\#033[31mred", lines)
        self.assertIn(b"new\\#012line", lines)
        self.assertIn(b"del\\#177", lines)
        self.assertIn(b"c1\\#302\\#2331m", lines)
        self.assertIn(b"bad\\#377\\#376", lines)
        self.assertIn(b"over\\#342\\#200\\#256turn", lines)
        self.assertIn(b"plain \xc3\xa9\xe5\x90\x8d", lines)
        self.assertIn(b"like\\#134#033", lines)
        plain = self.arsync("-v", "src/", "dst2", env=dict(os.environ, LC_ALL="C"), expect=SUCCESS).out
        self.assertIn(b"plain \\#303\\#251\\#345\\#220\\#215\n", plain)

    def test_names_on_stderr(self):
        result = self.arsync("no\x1b[31mthing", "dst", expect=PARTIAL)
        self.assertIn(b"no\\#033[31mthing: stat: No such file or directory", result.err)

    def test_progress_on_a_terminal_only(self):
        self.write("src/file", os.urandom(1 << 20))
        terminal, other = pty.openpty()
        process = subprocess.Popen([PROGRAM, "src/", "dst"], cwd=self.dir, stdin=subprocess.DEVNULL, stdout=other,
                                   stderr=subprocess.PIPE)
        os.close(other)
        text = b""
        while True:
            try:
                part = os.read(terminal, 65536)
            except OSError:
                break
            if not part:
                break
            text += part
        os.close(terminal)
        self.assertEqual(process.communicate()[1], b"")
        self.assertEqual(process.returncode, SUCCESS)
        self.assertIn(b"/s", text)
        self.assertIn(b"\r\x1b[K", text)
        self.assertIn(b" entries  ", text)
        self.assertIn(b"Copied 1 file", text)

    def test_full_stdout(self):
        """What was to be printed is missed, and says so; what failed before counts for more."""
        self.tree("src")
        for args, status in ((["--help"], FILE_IO), (["--version"], FILE_IO), (["-VV"], FILE_IO),
                             (["--capabilities"], FILE_IO), (["--json", "src/", "a"], FILE_IO),
                             (["-v", "src/", "b"], FILE_IO), (["src/", "c"], FILE_IO),
                             (["-v", "src/", "nowhere", "d"], PARTIAL), (["-q", "src/", "e"], SUCCESS),
                             (["-q", "--json=report", "src/", "f"], SUCCESS)):
            with self.subTest(args=args), open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, *args], cwd=self.dir, stdin=subprocess.DEVNULL, stdout=full,
                                      stderr=subprocess.PIPE, check=False)
                self.assertEqual(done.returncode, status, done)
                self.assertEqual(b"standard output: No space left" in done.stderr, "-q" not in args, done)
                if len(args) > 1:
                    self.assertEqual(self.listing("src"), self.listing(args[-1]))
        done = self.arsync("--json=/dev/full", "src/", "dst", expect=FILE_IO)
        self.assertIn(b"cannot write /dev/full", done.err)
        self.arsync("--json=/dev/full", "src/", "nowhere", "dst", expect=PARTIAL)

    def test_no_stdout(self):
        """What is opened first does not become what is printed to."""
        self.tree("src")
        command = f"exec '{PROGRAM}' -v src/ dst <&- >&- 2>&-"
        done = subprocess.run(["bash", "-c", command], cwd=self.dir, check=False)
        self.assertEqual(done.returncode, SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))

    def test_closed_stdout(self):
        """A reader that goes away does not stop the copy."""
        for i in range(3000):
            self.write(f"src/{i:040}", b"x")
        command = f"'{PROGRAM}' -v src/ dst | head -n 1; exit ${{PIPESTATUS[0]}}"
        done = subprocess.run(["bash", "-c", command], cwd=self.dir, stdin=subprocess.DEVNULL, capture_output=True)
        self.assertEqual(done.returncode, SUCCESS, done)
        self.assertEqual(self.listing("src"), self.listing("dst"))
