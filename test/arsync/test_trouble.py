# SPDX-License-Identifier: BSL-1.0
"""Bad input and bad luck: a clear message, the right exit status, nothing else lost."""
import os
import shutil
import signal
import struct
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

    def mounted(self, *command):
        """Mount something on the last argument until the test ends."""
        try:
            mounts.run("mount", *command)
        except mounts.CannotMount as reason:
            self.skipTest(str(reason))
        self.addCleanup(subprocess.run, ["umount", "-l", command[-1]])

    def test_delete_leaves_what_is_mounted_alone(self):
        self.write("src/file")
        self.write("dst/extra/file")
        os.mkdir(self.path("dst/extra/mounted"))
        self.mounted("-t", "tmpfs", "tmpfs", self.path("dst/extra/mounted"))
        self.write("dst/extra/mounted/precious")
        self.arsync("-ax", "--delete", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/extra/mounted/precious"), b"content\n")
        self.assertFalse(os.path.exists(self.path("dst/extra/file")))

    def test_delete_knows_other_spellings(self):
        """Where upper and lower case are the same: here, one directory that has both names."""
        self.write("src/name/file")
        self.write("dst/name/file", b"old\n")
        os.mkdir(self.path("dst/NAME"))
        self.mounted("--bind", self.path("dst/name"), self.path("dst/NAME"))
        result = self.arsync("--delete", "src/", "dst", expect=PARTIAL)
        self.assertIn(b"NAME: unlinkat (names clash): ", result.err)
        self.assertEqual(self.read("dst/name/file"), b"content\n")

    def test_delete_removes_what_the_source_does_not_spell_otherwise(self):
        """There, too: a file that the source does not have, or has under the same name and excludes."""
        # NAME, which is mounted, cannot go: it is protected, or complained about.
        for name, options, status in (("other", ["--exclude=NAME"], SUCCESS),
                                      ("name", ["--exclude=name", "--delete-excluded"], PARTIAL)):
            with self.subTest(name=name):
                self.write(f"{name}/src/{name}")
                self.write(f"{name}/dst/name", b"extraneous\n")
                self.write(f"{name}/dst/NAME")
                self.mounted("--bind", self.path(name, "dst/name"), self.path(name, "dst/NAME"))
                result = self.arsync("--delete", *options, f"{name}/src/", f"{name}/dst", expect=status)
                self.assertNotIn(b" name: ", result.err)
                self.assertFalse(os.path.exists(self.path(name, "dst/name")))

    def test_times_of_whole_seconds(self):
        """What a file system cannot hold is no difference."""
        os.mkdir(self.path("coarse"))
        with open(self.path("image"), "wb") as f:
            f.truncate(16 << 20)
        try:
            mounts.run("mkfs.ext4", "-q", "-F", "-I", "128", self.path("image"))
        except mounts.CannotMount as reason:
            self.skipTest(str(reason))
        self.mounted("-o", "loop", self.path("image"), self.path("coarse"))
        self.tree("src")
        os.utime(self.path("src/file"), ns=(10**18 + 1, 10**18 + 700000000))
        self.arsync("src/", "coarse/dst", expect=SUCCESS)
        for options in (["-ai"], ["-ai", "-u"]):
            self.assertEqual(self.arsync(*options, "src/", "coarse/dst", expect=SUCCESS).out, b"", options)
        self.write("src/file", b"CONTENT\n")
        self.arsync("-a", "src/", "coarse/dst", expect=SUCCESS)
        self.assertEqual(self.read("coarse/dst/file"), b"CONTENT\n")

    def test_in_place_keeps_files_apart(self):
        self.write("src/a", b"one\n")
        self.write("src/b", b"another\n")
        self.write("dst/a", b"old\n")
        os.link(self.path("dst/a"), self.path("dst/b"))
        self.arsync("--inplace", "src/", "dst", expect=SUCCESS)
        self.assertEqual((self.read("dst/a"), self.read("dst/b")), (b"one\n", b"another\n"))

    def test_a_default_acl_is_inherited_if_acls_are_not_preserved(self):
        # user::rwx, user:1234:rwx, group::r-x, mask::rwx, other::r-x
        nobody = 2**32 - 1
        acl = struct.pack("<I" + 5 * "HHI", 2, 1, 7, nobody, 2, 7, 1234, 4, 5, nobody, 16, 7, nobody, 32, 5, nobody)
        self.tree("src")
        for options, inherited in ((["-rt"], True), (["-a"], True), ([], False)):
            with self.subTest(options=options):
                shutil.rmtree(self.path("dst"), ignore_errors=True)
                os.mkdir(self.path("dst"))
                try:
                    os.setxattr(self.path("dst"), "system.posix_acl_default", acl)
                except OSError as e:
                    self.skipTest(str(e))
                self.arsync(*options, "src/sub", "dst", expect=SUCCESS)
                for name in ("dst/sub/deeper", "dst/sub/deeper/file"):
                    self.assertEqual("system.posix_acl_access" in os.listxattr(self.path(name)), inherited, name)
                self.assertEqual("system.posix_acl_default" in os.listxattr(self.path("dst/sub/deeper")), inherited)

    def test_a_file_takes_the_place_of_a_directory(self):
        self.write("src/name")
        self.write("dst/name/sub/file")
        result = self.arsync("-a", "src/", "dst", expect=PARTIAL)
        self.assertIn(b"name: unlinkat: Directory not empty", result.err)
        self.arsync("-a", "--delete", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/name"), b"content\n")

    def test_a_directory_takes_the_place_of_a_file_that_was_named(self):
        self.write("src/name/file")
        self.write("dst/name")
        self.arsync("-a", "src/name", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/name/file"), b"content\n")

    def test_a_destination_within_the_source(self):
        self.write("src/file")
        result = self.arsync("-a", "src/", "src/copy")
        self.assertNotEqual(result.status, SUCCESS)
        self.assertFalse(os.path.exists(self.path("src/copy")))
        for _ in range(2):
            self.arsync("-a", "--exclude=/copy", "src/", "src/copy", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("src/copy"))), ["file"])
        # A filter that lets it in, after all.
        result = self.arsync("-a", "--exclude=nothing", "src/", "src/copy", expect=PARTIAL)
        self.assertIn(b"copy: copy into itself: ", result.err)

    def test_a_destination_mounted_within_the_source(self):
        self.write("src/file")
        os.mkdir(self.path("src/copy"))
        self.mounted("-t", "tmpfs", "tmpfs", self.path("src/copy"))
        for _ in range(2):
            self.arsync("-ax", "src/", "src/copy", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("src/copy"))), ["copy", "file"])
        self.assertEqual(os.listdir(self.path("src/copy/copy")), [])

    def test_files_with_more_names_stay_if_nothing_differs(self):
        self.tree("src")
        self.arsync("-a", "src/", "dst", expect=SUCCESS)
        subprocess.run(["cp", "-al", self.path("dst"), self.path("snapshot")], check=True)
        self.assertEqual(self.arsync("-ai", "src/", "dst", expect=SUCCESS).out, b"")
        os.chmod(self.path("src/file"), 0o600)
        self.arsync("-a", "src/", "dst", expect=SUCCESS)
        self.assertEqual(os.stat(self.path("dst/file")).st_mode & 0o777, 0o600)
        self.assertNotEqual(os.stat(self.path("snapshot/file")).st_mode & 0o777, 0o600)

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
