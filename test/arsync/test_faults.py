# SPDX-License-Identifier: BSL-1.0
"""System calls that fail, one in each run: nothing is lost in silence, and the next run repairs it.

strace makes the Nth call of a sort fail. Whatever it was for, the copy ends, with success only if it is complete;
otherwise the failure is told. No file stands under its name with part of its content. The run after it, without a
fault, completes the copy.
"""
import errno
import os
import re
import shutil
import stat
import struct
import subprocess

from support import ArsyncTest, PARTIAL, SUCCESS, strace

# What copying a tree asks of the kernel, and how it may fail.
FAULTS = [
    ("openat", "EIO"), ("openat", "EMFILE"), ("openat2", "EACCES"), ("statx", "EIO"), ("newfstatat", "EIO"),
    ("fstat", "EIO"), ("fstatfs", "EIO"), ("getdents64", "EIO"), ("mkdirat", "ENOSPC"), ("mknodat", "EPERM"),
    ("symlinkat", "ENOSPC"), ("readlinkat", "EIO"), ("linkat", "EMLINK"), ("linkat", "EIO"), ("renameat2", "EIO"),
    ("renameat", "EIO"), ("unlinkat", "EIO"), ("copy_file_range", "EIO"), ("copy_file_range", "EXDEV"), ("ioctl", "EIO"),
    ("lseek", "EIO"), ("pread64", "EIO"), ("pwrite64", "ENOSPC"), ("ftruncate", "EFBIG"), ("fallocate", "ENOSPC"),
    ("fchown", "EPERM"), ("fchownat", "EPERM"), ("fchmod", "EPERM"), ("fchmodat", "EPERM"), ("utimensat", "EPERM"),
    ("flistxattr", "EIO"), ("listxattr", "EIO"), ("llistxattr", "EIO"),
    ("fgetxattr", "EIO"), ("getxattr", "EIO"), ("lgetxattr", "EIO"), ("fsetxattr", "ENOSPC"), ("setxattr", "ENOSPC"),
    ("lsetxattr", "ENOSPC"), ("fremovexattr", "EIO"), ("removexattr", "EIO"), ("lremovexattr", "EIO"), ("clone3", "EAGAIN"),
    ("close", "EIO"),
]
MOST = 6  # calls of each sort that are made to fail


class Faults(ArsyncTest):
    def make_source(self, root):
        self.tree(root)
        os.link(self.path(root, "sub/deeper/file"), self.path(root, "again"))
        os.link(self.path(root, "sub/deeper/file"), self.path(root, "sub/once more"))
        os.symlink("nowhere", self.path(root, "dangling"))
        os.mkdir(self.path(root, "empty"), 0o2750)
        with open(self.path(root, "sparse"), "wb") as f:
            f.write(b"begin")
            f.seek(1 << 20)
            f.write(b"end")
        try:
            os.setxattr(self.path(root, "file"), "user.colour", b"green")
            os.setxattr(self.path(root, "sub"), "user.colour", b"blue")
        except OSError as e:
            if e.errno != errno.ENOTSUP:
                raise
        if os.geteuid() == 0:
            os.chown(self.path(root, "file"), 1234, 1234)
            os.chown(self.path(root, "sub"), 1234, 0)
            os.mknod(self.path(root, "device"), 0o600 | stat.S_IFCHR, os.makedev(1, 3))
            # user::rw-, user:1234:rw-, group::---, mask::rw-, other::---
            nobody = 2**32 - 1
            acl = struct.pack("<I" + 5 * "HHI", 2, 1, 6, nobody, 2, 6, 1234, 4, 0, nobody, 16, 6, nobody, 32, 0, nobody)
            try:
                os.setxattr(self.path(root, "sparse"), "system.posix_acl_access", acl)
            except OSError as e:
                if e.errno != errno.ENOTSUP:
                    raise
        for directory, _, names in os.walk(self.path(root)):
            for name in names:
                os.utime(os.path.join(directory, name), ns=(10**18 + 1, 10**18 + 2), follow_symlinks=False)

    def make_old_copy(self, root):
        """What an earlier run may have left: other content, other kinds, other attributes, other links."""
        self.write(os.path.join(root, "file"), b"old\n", 0o600)
        self.write(os.path.join(root, "sub/hard"), b"old, too\n")
        self.write(os.path.join(root, "sub/link"), b"no link\n")
        self.write(os.path.join(root, "fifo"), b"no fifo\n")
        self.write(os.path.join(root, "again"), b"two\n")
        os.symlink("elsewhere", self.path(root, "dangling"))
        os.mkdir(self.path(root, "empty"), 0o700)
        try:
            os.setxattr(self.path(root, "file"), "user.old", b"yes")
        except OSError as e:
            if e.errno != errno.ENOTSUP:
                raise

    def attributes(self, root):
        found = self.listing(root)
        for name, what in found.items():
            path = self.path(root, name)
            names = os.listxattr(path, follow_symlinks=False)
            values = {x: os.getxattr(path, x, follow_symlinks=False) for x in names}
            found[name] = what + (values, os.lstat(path).st_nlink)
        return found

    def calls(self):
        """How many calls of each sort come before the copy begins, and until it is over."""
        log = self.path("log")
        names = ",".join(sorted({name for name, _ in FAULTS}))
        self.arsync("src/", "dst", prefix=strace("--seccomp-bpf", "-o", log, "-e", f"trace={names}"), expect=SUCCESS)
        before, after, count = {}, {}, {}
        with open(log, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                match = re.match(r"(?:\d+ +)?(\w+)\(", line)
                if not match:
                    continue
                if '"src' in line and not before:
                    before = dict(count)
                if ".gcda" in line:
                    break
                count[match[1]] = count.get(match[1], 0) + 1
                after = count
        self.assertIn("openat", before)
        return before, after

    def need_strace(self):
        try:
            subprocess.run(["strace", "-V"], check=True, stdout=subprocess.DEVNULL)
        except (OSError, subprocess.CalledProcessError):
            self.skipTest("strace is not installed")

    def check(self, make_destination):
        self.need_strace()
        self.make_source("src")
        wanted = self.attributes("src")
        make_destination()
        before, after = self.calls()
        self.assertEqual(self.attributes("dst"), wanted)
        complaints = 0
        for call, error in FAULTS:
            first, last = before.get(call, 0) + 1, after.get(call, 0)
            step = max(1, -(-(last - first + 1) // MOST))
            for n in range(first, last + 1, step):
                with self.subTest(call=call, error=error, n=n):
                    shutil.rmtree(self.path("dst"), ignore_errors=True)
                    make_destination()
                    complaints += self.one_fault(call, error, n, wanted)
        # Most calls are made for a reason.
        self.assertGreater(complaints, 20)

    def one_fault(self, call, error, n, wanted):
        inject = strace("--seccomp-bpf", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}:when={n}")
        result = self.arsync("src/", "dst", prefix=inject)
        self.assertIn(result.status, (SUCCESS, PARTIAL), result)
        if result.status == SUCCESS:
            self.assertEqual(self.attributes("dst"), wanted, result)
        else:
            self.assertIn(b"arsync: ", result.err)
            for name, what in self.listing("dst").items() if os.path.isdir(self.path("dst")) else ():
                if what[2] is not None:
                    self.assertIn(what[2], (wanted[name][2], b"old\n", b"old, too\n", b"no link\n", b"no fifo\n",
                                            "elsewhere"), name)
        self.arsync("src/", "dst", expect=SUCCESS)
        self.assertEqual(self.attributes("dst"), wanted)
        return result.status == PARTIAL

    def test_a_new_copy(self):
        self.check(lambda: None)

    def test_a_copy_over_an_old_one(self):
        self.check(lambda: self.make_old_copy("dst"))

    def test_a_file_that_cannot_be_closed(self):
        """So a network file system tells of a write that it has put off and then could not do."""
        self.need_strace()
        self.write("src/file")
        result = self.arsync("src/", "dst", expect=PARTIAL,
                             prefix=strace("-o", "/dev/null", "-P", self.path("dst/file"), "-e", "trace=close",
                                           "-e", "inject=close:error=EDQUOT"))
        self.assertIn(b"file: close: Disk quota exceeded", result.err)
        self.assertFalse(os.path.exists(self.path("dst/file")))

    def test_a_file_in_place_that_cannot_be_closed(self):
        """What may be missing there is not taken for complete by the next run."""
        self.need_strace()
        for options in (["-a"], ["-a", "-u"]):
            with self.subTest(options=options):
                self.write("src/file")
                self.write("dst/file", b"old\n")
                os.utime(self.path("dst/file"), ns=(10**18, 10**18))
                result = self.arsync("--inplace", "src/", "dst", expect=PARTIAL,
                                     prefix=strace("-o", "/dev/null", "-P", self.path("dst/file"), "-e", "trace=close",
                                                   "-e", "inject=close:error=EDQUOT:when=1"))
                self.assertIn(b"file: close: Disk quota exceeded", result.err)
                self.assertIn(b" file", self.arsync(*options, "-i", "src/", "dst", expect=SUCCESS).out)

    def test_what_is_partial_is_no_copy(self):
        """Neither for a further attempt of the same run nor for a later run that keeps what is newer."""
        self.need_strace()
        self.write("src/file", os.urandom(24 << 20))
        passing = strace("-o", "/dev/null", "-e", "trace=copy_file_range", "-e", "inject=copy_file_range:error=ESTALE:when=2")
        lasting = strace("-o", "/dev/null", "-e", "trace=copy_file_range", "-e", "inject=copy_file_range:error=EIO:when=2+")
        os.mkdir(self.path("dst"))
        self.arsync("-a", "--partial", "--ignore-existing", "src/", "dst", prefix=passing, expect=SUCCESS)
        self.assertEqual(self.read("dst/file"), self.read("src/file"))
        os.unlink(self.path("dst/file"))
        self.arsync("-a", "--partial", "src/", "dst", prefix=lasting, expect=PARTIAL)
        self.assertLess(os.path.getsize(self.path("dst/file")), 24 << 20)
        self.arsync("-a", "-u", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/file"), self.read("src/file"))

    def test_a_copy_that_was_killed(self):
        """Without modes, what it leaves has the modes it would get; and what is newer is no half of a file."""
        self.need_strace()
        self.write("src/sub/file", os.urandom(24 << 20))
        os.chmod(self.path("src/sub"), 0o755)
        killed = strace("-o", "/dev/null", "-e", "trace=copy_file_range", "-e", "inject=copy_file_range:signal=SIGKILL:when=2")
        for options, in_the_way in ((["-rlt"], False), (["-rlt"], True), (["-a", "-u"], False),
                                    (["-a", "--ignore-existing"], False)):
            with self.subTest(options=options, in_the_way=in_the_way):
                shutil.rmtree(self.path("dst"), ignore_errors=True)
                if in_the_way:
                    self.write("dst/sub")
                self.arsync(*options, "src/", "dst", prefix=killed)
                self.assertTrue(os.path.isdir(self.path("dst/sub")))
                self.arsync(*options, "src/", "dst", expect=SUCCESS)
                self.assertEqual(self.read("dst/sub/file"), self.read("src/sub/file"))
                self.assertEqual(os.stat(self.path("dst/sub/file")).st_mode & 0o777, 0o644)
                self.assertEqual(os.stat(self.path("dst/sub")).st_mode & 0o777, 0o755)

    def test_names_that_wait_for_the_first_one(self):
        """While a file is copied, other threads meet more of its names, which wait. Then it fails, or they do."""
        self.need_strace()
        self.write("src/0/name", os.urandom(1 << 20))
        for i in range(1, 9):
            os.mkdir(self.path("src", str(i)))
            os.link(self.path("src/0/name"), self.path("src", str(i), "name"))
            self.write(f"src/{i}/other")
        for fault in ("copy_file_range:error=EIO:delay_enter=300000:when=1",
                      "copy_file_range:delay_enter=300000:when=1 linkat:error=EMLINK:when=1..3",
                      "copy_file_range:delay_enter=300000:when=1 openat:error=EIO:when=60..90"):
            with self.subTest(fault=fault):
                shutil.rmtree(self.path("dst"), ignore_errors=True)
                options = [x for part in fault.split() for x in ("-e", "inject=" + part)]
                result = self.arsync("--cpu-count", "4", "src/", "dst",
                                     prefix=strace("--seccomp-bpf", "-o", "/dev/null", "-e", "trace=copy_file_range,linkat,openat",
                                                        *options))
                self.assertIn(result.status, (SUCCESS, PARTIAL), result)
                for name, what in self.listing("dst").items():
                    if what[2] is not None:
                        self.assertEqual(what[2], self.read("src", name), name)
                self.arsync("src/", "dst", expect=SUCCESS)
                self.assertEqual(self.attributes("dst"), self.attributes("src"))
