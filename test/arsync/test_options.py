# SPDX-License-Identifier: BSL-1.0
"""What the options do, and what is refused."""
import json
import os
import signal
import stat
import subprocess
import time

import mounts
from support import ArsyncTest, FILE_IO, INTERRUPTED, PARTIAL, PROGRAM, SUCCESS, USAGE, VANISHED, strace

T = 10**18


class Preserving(ArsyncTest):
    """Everything, or what is asked for."""

    def setUp(self):
        super().setUp()
        self.tree("src")
        os.chmod(self.path("src/file"), 0o750)
        for name in ("src/file", "src/sub/deeper/file", "src/sub/deeper", "src/sub"):
            os.utime(self.path(name), ns=(T, T))

    def copied(self, *args):
        self.arsync("-q", *args, "src/", "dst", expect=SUCCESS)
        return {name: os.lstat(self.path("dst", name)) for name in self.listing("dst")}

    def test_names_and_content(self):
        found = self.copied("-r")
        self.assertEqual(sorted(found), ["file", "sub", "sub/deeper", "sub/deeper/file", "sub/hard"])
        self.assertEqual(self.read("dst/file"), b"one\n")
        self.assertEqual(found["file"].st_nlink, 1)
        self.assertNotEqual(found["file"].st_mtime_ns, T)
        self.assertNotEqual(found["sub"].st_mtime_ns, T)

    def test_archive(self):
        found = self.copied("-a")
        self.assertIn("sub/link", found)
        self.assertIn("fifo", found)
        self.assertEqual(found["file"].st_nlink, 1)
        self.assertEqual(stat.S_IMODE(found["file"].st_mode), 0o750)
        self.assertEqual(found["file"].st_mtime_ns, T)
        self.assertEqual(found["sub"].st_mtime_ns, T)

    def test_one_thing_less(self):
        found = self.copied("--no-perms", "--no-hard-links")
        self.assertIn("fifo", found)
        self.assertEqual(found["file"].st_nlink, 1)
        self.assertEqual(found["file"].st_mtime_ns, T)
        self.assertNotEqual(stat.S_IMODE(found["file"].st_mode), 0o640)
        self.assertNotIn("sub/link", self.copied("--no-l", "--delete", "--delete-excluded", "--exclude=link"))

    def test_the_last_word_counts(self):
        found = self.copied("-a", "--no-D", "--no-times", "-t", "--no-links")
        self.assertNotIn("fifo", found)
        self.assertNotIn("sub/link", found)
        self.assertEqual(found["file"].st_mtime_ns, T)

    def test_directory_times(self):
        found = self.copied("-rtO")
        self.assertEqual(found["file"].st_mtime_ns, T)
        self.assertNotEqual(found["sub"].st_mtime_ns, T)

    def test_without_perms_a_file_keeps_its_own(self):
        self.write("dst/file", b"old", 0o604)
        os.chmod(self.path("src/sub/hard"), 0o677)
        for option in ([], ["-I"], ["--inplace", "-I"]):
            found = self.copied("-rlt", *option)
            self.assertEqual(stat.S_IMODE(found["file"].st_mode), 0o604, option)
            self.assertEqual(stat.S_IMODE(found["sub/hard"].st_mode), 0o655, option)  # the umask is 022

    def test_hard_links(self):
        self.assertEqual(self.copied("-aH")["file"].st_nlink, 2)

    def test_without_recursion(self):
        result = self.arsync("-t", "src", "dst", expect=SUCCESS)
        self.assertIn(b"skipping directory src\n", result.out)
        self.assertIn(b"skipping directory .\n", self.arsync("--no-r", "src/", "dst", expect=SUCCESS).out)
        self.assertFalse(os.path.exists(self.path("dst")))
        self.arsync("-t", "src/file", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst"), b"one\n")

    def test_kinds_that_are_left_out_are_named(self):
        out = self.arsync("-r", "src/", "dst", expect=SUCCESS).out
        self.assertIn(b'skipping non-regular file "fifo"\n', out)
        self.assertIn(b'skipping non-regular file "sub/link"\n', out)

    def test_sparse(self):
        for name in ("sparse", "full"):
            with open(self.path("src", name), "wb") as f:
                f.truncate(1 << 20)
        if os.stat(self.path("src/sparse")).st_blocks != 0:
            self.skipTest("no holes here")
        self.arsync("-q", "-aS", "src/sparse", "holes", expect=SUCCESS)
        self.arsync("-q", "-a", "src/sparse", "zeros", expect=SUCCESS)
        self.assertEqual(os.stat(self.path("holes")).st_blocks, 0)
        self.assertGreater(os.stat(self.path("zeros")).st_blocks, 0)


class Choosing(ArsyncTest):
    """Which files count as the same."""

    def setUp(self):
        super().setUp()
        self.write("src", b"new")
        os.utime(self.path("src"), ns=(T, T))

    def after(self, old, when, *args):
        self.write("dst", old)
        os.utime(self.path("dst"), ns=(when, when))
        self.arsync("-q", *args, "src", "dst", expect=SUCCESS)
        return self.read("dst")

    def test_policies(self):
        second = 10**9
        for old, when, args, result in [
                (b"old", T, [], b"old"), (b"old", T + 1, [], b"new"), (b"older", T, [], b"new"),
                (b"old", T, ["-c"], b"new"), (b"old", T, ["-I"], b"new"), (b"old", T + second, ["--size-only"], b"old"),
                (b"older", T, ["--size-only"], b"new"), (b"older", T + second, ["-u"], b"older"),
                (b"older", T - second, ["-u"], b"new"), (b"older", T - second, ["--ignore-existing"], b"older"),
                (b"older", T - second, ["--existing"], b"new")]:
            with self.subTest(old=old, when=when - T, args=args):
                self.assertEqual(self.after(old, when, *args), result)

    def test_existing(self):
        self.arsync("-q", "--existing", "src", "dst", expect=SUCCESS)
        self.assertFalse(os.path.exists(self.path("dst")))


class Writing(ArsyncTest):
    def setUp(self):
        super().setUp()
        self.write("src/file", os.urandom(300000))

    def test_every_method(self):
        for method in ("automatic", "copy_file_range", "splice", "read_write", "direct"):
            self.arsync("-q", "--copy-method=" + method, "src/", method, expect=SUCCESS)
            self.assertEqual(self.read(method, "file"), self.read("src/file"), method)

    def test_sizes_and_numbers(self):
        self.arsync("-q", "--buffer-size=64K", "--queue-depth=16", "--max-files-in-flight=2", "--cpu-count=3", "--atomic",
                    "--whole-file", "--numeric-ids", "--fsync", "--verify", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))
        self.arsync("-q", "--fsync=everything", "--copy-method", "direct", "--queue-depth", "4096", "src/", "dst2",
                    expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst2"))

    def test_verify(self):
        self.assertIn(b"Read back 1 file", self.arsync("--verify", "src/", "dst", expect=SUCCESS).out)

    def test_backup(self):
        self.write("dst/file", b"old")
        self.write("dst/extra", b"extra")
        self.arsync("-qb", "--delete", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/file~"), b"old")
        self.assertEqual(self.read("dst/extra~"), b"extra")
        self.assertFalse(os.path.exists(self.path("dst/extra")))
        self.write("src/file", b"newer")
        self.arsync("-qb", "--suffix=.bak", "src/", "dst", expect=SUCCESS)
        self.assertEqual(len(self.read("dst/file.bak")), 300000)

    def test_inplace(self):
        self.write("dst/file", b"old")
        os.link(self.path("dst/file"), self.path("name"))
        self.arsync("-q", "--inplace", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("name"), self.read("src/file"))
        self.write("src/file", b"changed")
        self.arsync("-q", "src/", "dst", expect=SUCCESS)
        self.assertNotEqual(self.read("name"), self.read("dst/file"))

    def interrupted(self, *options):
        """What is left of a file whose copy is interrupted."""
        self.write("src/file", os.urandom(4 << 20))
        slowly = ["--bwlimit=1M", "--copy-method=read_write"]
        process = subprocess.Popen([PROGRAM, "-q", *slowly, *options, "src/", "dst"], cwd=self.dir,
                                   stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        self.assertIn(b"interrupted", process.communicate(timeout=60)[1])
        self.assertEqual(process.returncode, INTERRUPTED)
        left = os.listdir(self.path("dst"))
        if left:
            self.assertEqual(left, ["file"])
            copied = self.read("dst/file")
            self.assertEqual(self.read("src/file")[:len(copied)], copied)
        self.arsync("-q", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))
        return left

    def test_partial(self):
        self.assertEqual(self.interrupted(), [])

    def test_partial_is_kept(self):
        self.assertEqual(self.interrupted("--partial"), ["file"])

    def test_one_file_system(self):
        mounted = self.path("src/mounted")
        try:
            mounts.mount_tmpfs(mounted, "1m")
        except mounts.CannotMount as reason:
            self.skipTest(str(reason))
        self.addCleanup(subprocess.run, ["umount", "-l", mounted])
        self.write("src/mounted/inside")
        self.arsync("-q", "-x", "src/", "dst", expect=SUCCESS)
        self.assertEqual(sorted(self.listing("dst")), ["file", "mounted"])
        self.arsync("-q", "src/", "dst", expect=SUCCESS)
        self.assertIn("mounted/inside", self.listing("dst"))

    def test_bwlimit(self):
        self.write("src/file", bytes(400 << 10))
        begin = time.monotonic()
        self.arsync("-q", "--no-sparse", "--bwlimit=400", "src/", "dst", expect=SUCCESS)
        self.assertGreater(time.monotonic() - begin, 0.4)
        for rate in ("0", "1.5M", "100MB", "1MiB", "2k", "600b"):
            self.arsync("-nq", "--bwlimit", rate, "src/", "dst", expect=SUCCESS)
        for rate in ("10x", "1KX", "", "100b", "1.5.2", "-1", "9999999P"):
            self.arsync("-nq", "--bwlimit", rate, "src/", "dst", expect=USAGE)


class Refused(ArsyncTest):
    def refuse(self, *args):
        result = self.arsync(*args, "src", "dst", expect=USAGE)
        self.assertEqual(os.listdir(self.dir), [])
        return result.err

    def test_by_name(self):
        for option in ("-z", "--compress", "-R", "--relative", "-N", "--crtimes", "--delete-before", "--delete-after", "-F",
                       "-L", "--copy-links", "--max-size=1", "--link-dest=x", "--chmod=u+w", "--timeout=1", "-essh",
                       "--rsh=ssh", "--filter=- x", "--inc-recursive", "--backup-dir=x", "--info=all", "--append"):
            with self.subTest(option=option):
                error = self.refuse(option)
                self.assertIn(b"is not supported: ", error)
                if option.startswith("--"):
                    self.assertIn(option.split("=")[0].encode() + b" ", error)

    def test_within_letters(self):
        self.assertIn(b"--compress is not supported", self.refuse("-avz"))
        self.assertIn(b"-Y: unknown option", self.refuse("-avY"))

    def test_given_twice(self):
        for options in (["-xx"], ["-x", "--one-file-system"]):
            self.assertIn(b"given twice is not supported", self.refuse(*options))

    def test_nearest(self):
        for given, nearest in (("--exculde=x", b"--exclude"), ("--archiv", b"--archive"), ("--hardlinks", b"--hard-links"),
                               ("--dry", b"--dry-run"), ("--no-perm", b"--no-perms")):
            self.assertIn(b"did you mean " + nearest + b"?", self.refuse(given))
        for unknown in ("--utterly-else", "--=x", "-a-", "---", "--no-Z", "-Z"):
            error = self.refuse(unknown)
            self.assertIn(b"unknown option", error)
            self.assertNotIn(b"did you mean", error)

    def test_other_machines(self):
        for name in ("host:path", "user@host:", "host::module/x", "rsync://host/x"):
            self.assertIn(b"another machine", self.arsync(name, "dst", expect=USAGE).err)
            self.assertIn(b"another machine", self.arsync("src", name, expect=USAGE).err)
        self.write("a:b", b"local")
        self.arsync("-q", "./a:b", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst"), b"local")

    def test_values(self):
        for option in ("--copy-method=fast", "--fsync=some", "--suffix=a/b", "--queue-depth=0", "--queue-depth=x",
                       "--buffer-size=1", "--buffer-size=1G", "--max-files-in-flight=0", "--cpu-count=2000", "--exclude=",
                       "--verify=1", "--exclude"):
            self.refuse(option)

    def test_contradictions(self):
        for options in (["-t", "--delete"], ["--existing", "--ignore-existing"], ["--inplace", "--atomic"],
                        ["--inplace", "-b"], ["--json", "-v"], ["--json", "--stats"], ["--json", "-P"]):
            self.refuse(*options)


class Report(ArsyncTest):
    def setUp(self):
        super().setUp()
        self.tree("src")

    def test_alone_on_stdout(self):
        done = self.arsync("--json", "src/", "dst", expect=SUCCESS)
        report = json.loads(done.out)
        self.assertEqual(report["program"], "arsync")
        self.assertEqual(report["arguments"], ["--json", "src/", "dst"])
        self.assertEqual(report["status"], 0)
        self.assertEqual(report["failures"], [])
        self.assertFalse(report["interrupted"])
        self.assertGreater(report["seconds"], 0)
        self.assertGreater(report["files_per_second"], 0)
        counters = report["counters"]
        names = ("files", "hard_links", "symlinks", "errors")
        self.assertEqual([counters[name] for name in names], [2, 1, 1, 0])

    def test_in_a_file_with_failures(self):
        os.rename(self.path("src/file"), os.path.join(os.fsencode(self.path("src")), b'qu"ote\\back\xff\n\\#101'))
        os.mkdir(self.path("full"))
        result = self.arsync("--json=report", "src/", "nowhere\udcff", "dst", expect=PARTIAL)
        self.assertIn(b"Copied 2 files", result.out)
        report = json.loads(self.read("report"))
        self.assertEqual(report["status"], PARTIAL)
        self.assertEqual(report["failures"], [{"path": "nowhere\\#377", "step": "stat", "errno": "ENOENT",
                                               "message": "No such file or directory"}])
        self.assertEqual(report["counters"]["errors"], 1)
        self.assertEqual(report["arguments"][2], "nowhere\\#377")

    def test_that_cannot_be_written(self):
        self.arsync("--json=no/such", "src/", "dst", expect=FILE_IO)
        self.assertFalse(os.path.exists(self.path("dst")))

    def test_stats(self):
        text = self.arsync("--stats", "src/", "dst", expect=SUCCESS).out
        for line in (b"Number of files: 8\n", b"Number of regular files transferred: 2\n", b"Number of errors: 0\n",
                     b"Bytes copied: 8 bytes\n", b"Total transferred file size: 8 bytes\n"):
            self.assertIn(line, text)

    def test_version_as_json(self):
        report = json.loads(self.arsync("-VV", expect=SUCCESS).out)
        self.assertEqual(report["program"], "arsync")
        self.assertTrue(report["capabilities"]["ACLs"])
        self.assertIn("direct", report["copy_method_list"])
        self.assertIn("openat", report["operations"])
        self.assertEqual(json.loads(self.arsync("--version", "--version", expect=SUCCESS).out), report)

    def test_progress_without_a_terminal(self):
        self.write("src/large", bytes(600 << 10))
        text = self.arsync("--progress", "--no-sparse", "--bwlimit=300", "src/", "dst", expect=SUCCESS).out
        self.assertNotIn(b"\r", text)
        lines = [line for line in text.splitlines() if b" entries  " in line]
        self.assertTrue(lines and b"%" in lines[-1], text)
        self.assertNotIn(b" entries  ", self.arsync("src/", "dst2", expect=SUCCESS).out)


class Vanished(ArsyncTest):
    def setUp(self):
        super().setUp()
        try:
            subprocess.run(["strace", "-V"], check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("strace is not installed")

    def test_a_directory(self):
        """One that goes while it is listed, and takes nothing of its copy along."""
        self.write("src/file")
        self.write("src/sub/file")
        self.write("dst/extraneous")
        self.write("dst/sub/precious")
        result = self.arsync("-a", "--delete", "src/", "dst",
                             prefix=strace("-o", "/dev/null", "-P", self.path("src/sub"), "-e", "trace=getdents64",
                                           "-e", "inject=getdents64:error=ENOENT"))
        self.assertEqual(result.status, VANISHED, result)
        self.assertIn(b"sub: getdents64: No such file", result.err)
        self.assertEqual(sorted(self.listing("dst")), ["file", "sub", "sub/precious"])

    def test_status(self):
        """An entry that goes between being listed and being copied."""
        self.write("src/one")
        command = strace("-o", "log", "-e", "trace=openat")
        self.arsync("-q", "--cpu-count=1", "src/", "first", prefix=command, expect=SUCCESS)
        calls = [line.split(None, 1) for line in self.read("log").splitlines()]
        opened = next(i for i, call in enumerate(calls) if b'"one", O_RDONLY' in call[1])
        number = [thread for thread, _ in calls[:opened + 1]].count(calls[opened][0])
        result = self.arsync("--cpu-count=1", "src/", "dst",
                             prefix=[*command, "-e", f"inject=openat:error=ENOENT:when={number}"])
        self.assertEqual(result.status, VANISHED, result)
        self.assertIn(b"one: openat: No such file", result.err)
