# SPDX-License-Identifier: BSL-1.0
"""--itemize-changes, line by line what rsync prints for the same source, destination and options."""
import errno
import os
import shutil
import stat
import subprocess

from support import ArsyncTest, SUCCESS

T = 10**18


class Itemize(ArsyncTest):
    def setUp(self):
        super().setUp()
        if shutil.which("rsync") is None:
            self.skipTest("rsync is not installed")

    def both(self, *args, source="src/", expected_lines=None):
        """What rsync and arsync print for a dry run into "dst" and arsync for the run itself; it must be the same."""
        wanted = subprocess.run(["rsync", "-n", "-i", *args, source, "dst"], cwd=self.dir, capture_output=True,
                                check=True, env=dict(os.environ, LC_ALL="C.UTF-8")).stdout
        wanted = sorted(line for line in wanted.splitlines() if not line.startswith(b"created directory"))
        dry = self.arsync("-n", "-i", *args, source, "dst", expect=SUCCESS).out
        self.assertEqual(sorted(dry.splitlines()), wanted)
        real = self.arsync("-i", *args, source, "dst", expect=SUCCESS).out
        self.assertEqual(sorted(real.splitlines()), wanted)
        if expected_lines is not None:
            self.assertEqual(len(wanted), expected_lines, wanted)
        return wanted

    def make(self, root):
        self.write(root + "/file", b"one")
        self.write(root + "/sub/file", b"two")
        self.write(root + "/sub/name with \xe9\n".encode("latin-1").decode("utf-8", "surrogateescape"), b"three")
        os.symlink("file", self.path(root, "link"))
        os.mkfifo(self.path(root, "fifo"))
        os.mkdir(self.path(root, "empty"))
        if os.geteuid() == 0:
            os.mknod(self.path(root, "device"), 0o600 | stat.S_IFCHR, os.makedev(1, 3))
        for directory, names, files in os.walk(self.path(root), topdown=False):
            for name in names + files:
                os.utime(os.path.join(directory, name), ns=(T, T), follow_symlinks=False)
        os.utime(self.path(root), ns=(T, T))

    def test_new_tree(self):
        self.make("src")
        self.assertIn(b"cd+++++++++ ./", self.both("-a"))
        self.both("-a", expected_lines=0)

    def test_named_tree(self):
        self.make("src")
        self.assertIn(b">f+++++++++ src/sub/file", self.both("-a", source="src"))

    def test_everything_by_default(self):
        self.make("src")
        self.arsync("-q", "src/", "dst", expect=SUCCESS)
        self.both("-aHAX", expected_lines=0)

    def test_times(self):
        self.make("src")
        self.make("dst")
        for name in ("file", "link", "fifo", "sub", "."):
            os.utime(self.path("dst", name), ns=(T, T + 5 * 10**9), follow_symlinks=False)
        self.both("-a", expected_lines=5)
        self.both("-a", expected_lines=0)

    def test_modes(self):
        self.make("src")
        self.make("dst")
        for name in ("file", "sub", "fifo"):
            os.chmod(self.path("dst", name), 0o700)
        self.both("-a", expected_lines=3)
        os.chmod(self.path("dst/file"), 0o700)
        self.both("-rlt", expected_lines=1 if os.geteuid() != 0 else 2)  # special files are not copied

    def test_sizes(self):
        self.make("src")
        self.make("dst")
        self.write("dst/file", b"longer")
        os.utime(self.path("dst/file"), ns=(T, T))
        self.write("dst/sub/file", b"longer")
        os.utime(self.path("dst/sub"), ns=(T, T))
        self.both("-a", expected_lines=2)

    def test_owners(self):
        if os.geteuid() != 0:
            self.skipTest("needs root")
        self.make("src")
        self.make("dst")
        os.chown(self.path("dst/file"), 1234, 0)
        os.chown(self.path("dst/link"), 0, 1234, follow_symlinks=False)
        os.chown(self.path("dst/sub"), 1234, 1234)
        self.both("-a", expected_lines=3)

    def test_contents(self):
        self.make("src")
        self.make("dst")
        self.write("dst/file", b"eno")
        os.utime(self.path("dst/file"), ns=(T, T))
        os.utime(self.path("dst/sub/file"), ns=(T, T + 5 * 10**9))
        os.unlink(self.path("dst/link"))
        os.symlink("elsewhere", self.path("dst/link"))
        os.utime(self.path("dst/link"), ns=(T, T), follow_symlinks=False)
        os.utime(self.path("dst"), ns=(T, T))
        self.both("-ac", expected_lines=3)

    def test_times_that_are_not_preserved(self):
        self.make("src")
        self.make("dst")
        os.utime(self.path("dst/file"), ns=(T, T + 5 * 10**9))
        self.both("-rlD", expected_lines=1)
        self.both("-rlDI", expected_lines=3)

    def test_directory_times_omitted(self):
        self.make("src")
        self.make("dst")
        os.utime(self.path("dst/sub"), ns=(T, T + 5 * 10**9))
        os.utime(self.path("dst/file"), ns=(T, T + 5 * 10**9))
        self.both("-aO", expected_lines=1)

    def test_attributes(self):
        self.make("src")
        self.make("dst")
        try:
            os.setxattr(self.path("src/file"), "user.colour", b"green")
            os.setxattr(self.path("dst/sub"), "user.colour", b"green")
            os.setxattr(self.path("dst/sub/file"), "user.colour", b"green")
            os.setxattr(self.path("src/sub/file"), "user.colour", b"blue")
        except OSError as e:
            if e.errno != errno.ENOTSUP:
                raise
            self.skipTest("no extended attributes here")
        self.both("-a", expected_lines=0)
        self.both("-aX", expected_lines=3)

    def test_hard_links(self):
        self.make("src")
        os.mkdir(self.path("src/zzz"))
        os.link(self.path("src/sub/file"), self.path("src/zzz/again"))
        os.utime(self.path("src/sub"), ns=(T, T))
        real = self.arsync("-i", "-aH", "src/", "dst", expect=SUCCESS).out.splitlines()
        # Which one is copied depends on which is met first.
        self.assertIn(sorted(x for x in real if b"again" in x), (
            [b">f+++++++++ zzz/again", b"hf+++++++++ sub/file => zzz/again"],
            [b"hf+++++++++ zzz/again => sub/file"]))
        self.both("-aH", expected_lines=0)

    def test_removed(self):
        self.make("src")
        self.make("dst")
        self.write("dst/old/file")
        self.write("dst/old/deeper/file")
        self.write("dst/extra")
        self.both("-a", "--delete", expected_lines=6)
        self.assertFalse(os.path.exists(self.path("dst/old")))

    def test_only_what_exists(self):
        self.make("src")
        self.write("dst/file", b"old")
        self.both("-a", "--existing")
        self.both("-a", "--ignore-existing")
        self.write("dst/file", b"new")
        self.both("-a", "-u")
        self.both("-a", "--size-only")

    def test_only_what_is_removed(self):
        self.make("src")
        self.make("dst")
        self.write("dst/file", b"old")
        self.write("src/new/file", b"new")
        self.write("dst/sub/extra/extra", b"extra")
        os.unlink(self.path("dst/link"))
        os.chmod(self.path("dst/empty"), 0o700)
        for root in ("src", "dst"):
            os.utime(self.path(root), ns=(T, T))
        text = self.both("-a", "--existing", "--ignore-existing", "--delete")
        self.assertIn(b"*deleting   sub/extra/extra", text)
        self.assertEqual(self.read("dst/file"), b"old")
        self.assertFalse(os.path.exists(self.path("dst/new")))

    def test_unchanged_entries(self):
        self.make("src")
        self.make("dst")
        os.chmod(self.path("dst/file"), 0o700)
        self.assertIn(b".f          sub/file", self.both("-a", "-i"))
        self.assertIn(b".d          ./", self.both("-a", "-i"))

    def test_one_file(self):
        self.write("src", b"one")
        os.utime(self.path("src"), ns=(T, T))
        self.both("-a", source="src", expected_lines=1)
        self.write("src", b"longer")
        self.both("-a", source="src", expected_lines=1)
