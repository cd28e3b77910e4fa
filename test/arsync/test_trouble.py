# SPDX-License-Identifier: BSL-1.0
"""Bad input and bad luck: a clear message, the right exit status, nothing else lost."""
import os
import signal
import subprocess
import threading
import time
import unittest

import mounts
from support import ArsyncTest, INTERRUPTED, PARTIAL, PROGRAM, SUCCESS


class Trouble(ArsyncTest):
    def test_unreadable_entries_as_an_ordinary_user(self):
        program, prefix = self.program_for_nobody()
        self.write("src/fine", mode=0o644)
        self.write("src/sub/fine", mode=0o644)
        self.write("src/secret", mode=0o000)
        self.write("src/locked/inside")
        os.chmod(self.path("src/locked"), 0o000)
        self.addCleanup(os.chmod, self.path("src/locked"), 0o700)
        result = self.arsync("src/", "dst", program=program, prefix=prefix, expect=PARTIAL)
        self.assertIn(b"secret: ", result.err)
        self.assertIn(b"locked: ", result.err)
        self.assertEqual(result.err.count(b"Permission denied"), 2, result)
        self.assertEqual(self.read("dst/sub/fine"), b"content\n")
        self.assertEqual(self.read("dst/fine"), b"content\n")
        self.assertFalse(os.path.exists(self.path("dst/secret")))

    def test_ordinary_user_copies_a_tree_without_complaint(self):
        program, prefix = self.program_for_nobody()
        self.tree("src")
        os.chmod(self.path("src/sub/deeper/file"), 0o644)
        self.arsync("src/", "dst", program=program, prefix=prefix, expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))

    def test_no_space_left(self):
        small = self.path("small")
        try:
            mounts.mount_tmpfs(small, "4m")
        except mounts.CannotMount as reason:
            self.skipTest(str(reason))
        self.addCleanup(subprocess.run, ["umount", "-l", small])
        for i in range(64):
            self.write(f"src/{i:02}", os.urandom(256 << 10))
        result = self.arsync("src/", "small/dst", expect=PARTIAL)
        self.assertIn(b"No space left on device", result.err)
        copied = self.listing("small/dst")
        self.assertGreater(len(copied), 4)
        # What stands at the destination is complete, what does not was named.
        for name, what in self.listing("src").items():
            if name in copied:
                self.assertEqual(copied[name], what, name)
            else:
                self.assertIn(b"arsync: " + name.encode() + b": ", result.err)

    def test_longest_names(self):
        for name in ("n" * 255, "\u00e9" * 127 + "z"):
            self.write(f"src/{name}/{name}", name.encode())
        self.arsync("src/", "dst", expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))

    def test_argument_beyond_path_max(self):
        result = self.arsync("/".join(["d" * 200] * 30), "dst", expect=PARTIAL)
        self.assertIn(b"File name too long", result.err)

    def test_paths_beyond_path_max(self):
        levels, name = 60, b"d" * 200
        handle = os.open(self.path(), os.O_RDONLY)
        for component in [b"src"] + [name] * levels:
            os.mkdir(component, dir_fd=handle)
            below = os.open(component, os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = below
        os.close(os.open(b"bottom", os.O_CREAT | os.O_WRONLY, dir_fd=handle))
        os.close(handle)
        self.addCleanup(subprocess.run, ["rm", "-rf", self.path("src"), self.path("dst")])
        self.arsync("src/", "dst", expect=SUCCESS)
        handle = os.open(self.path("dst"), os.O_RDONLY)
        for component in [name] * levels:
            below = os.open(component, os.O_RDONLY, dir_fd=handle)
            os.close(handle)
            handle = below
        self.assertEqual(os.listdir(handle), ["bottom"])
        os.close(handle)

    def test_file_that_shrinks(self):
        """It is copied once it rests. Else it is named, and no later run takes its copy for complete."""
        size = 8 << 20
        path = self.write("src/shrinking", b"a" * size)
        self.write("src/other")
        stop = threading.Event()

        def shrink_and_grow():
            while not stop.is_set():
                with open(path, "r+b") as f:
                    f.truncate(size // 2)
                    f.truncate(size)

        thread = threading.Thread(target=shrink_and_grow)
        thread.start()
        try:
            result = self.arsync("src/", "dst")
        finally:
            stop.set()
            thread.join()
        self.assertIn(result.status, (SUCCESS, PARTIAL), result)
        self.assertEqual(self.read("dst/other"), b"content\n")
        if result.status == PARTIAL:
            self.assertIn(b"shrinking: ", result.err)
            if b"(file shrank)" in result.err:
                self.assertFalse(os.path.exists(self.path("dst/shrinking")), result)
            else:
                self.assertNotEqual(os.stat(path).st_mtime_ns, os.stat(self.path("dst/shrinking")).st_mtime_ns)
        self.arsync("src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("src/shrinking"), self.read("dst/shrinking"))

    def test_descriptors_are_few(self):
        for i in range(200):
            self.write(f"src/{i}/a/b/c/file")
        self.arsync("src/", "dst", prefix=["prlimit", "--nofile=24"], expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))

    def test_io_uring_refused(self):
        launcher = os.path.join(os.path.dirname(PROGRAM), "refuse_io_uring")
        if not os.access(launcher, os.X_OK):
            self.skipTest("refuse_io_uring is not built")
        self.tree("src")
        self.arsync("src/", "dst", prefix=[launcher], expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))
        self.assertIn(b"openat", self.arsync("--capabilities", prefix=[launcher], expect=SUCCESS).out)


class Interrupted(ArsyncTest):
    def interrupt(self, number):
        content = os.urandom(8192)
        for i in range(4000):
            self.write(f"src/{i % 40}/{i:050}", content)
        # The names fill the pipe that nobody reads yet: the copy stands still in the middle.
        process = subprocess.Popen([PROGRAM, "-v", "src/", "dst"], cwd=self.dir, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        while process.poll() is None and not os.path.isdir(self.path("dst")):
            time.sleep(0.01)
        time.sleep(0.5)
        self.assertIsNone(process.poll())
        process.send_signal(number)
        time.sleep(0.1)
        out, err = process.communicate(timeout=60)
        self.assertEqual(process.returncode, INTERRUPTED, err)
        self.assertIn(b"interrupted", err)
        copied, source = self.listing("dst"), self.listing("src")
        files = [name for name, what in copied.items() if what[2] is not None]
        self.assertLess(len(files), 4000)
        for name in files:
            self.assertEqual(copied[name], source[name], name)
        # What was begun is completed by a second run.
        self.arsync("src/", "dst", expect=SUCCESS)
        self.assertEqual(self.listing("src"), self.listing("dst"))

    def test_sigint(self):
        self.interrupt(signal.SIGINT)

    def test_sigterm(self):
        self.interrupt(signal.SIGTERM)


if __name__ == "__main__":
    unittest.main()
