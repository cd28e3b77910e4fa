# SPDX-License-Identifier: BSL-1.0
"""What the tests of arsync's command line share: the program, a scratch directory, trees to copy."""
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))

PROGRAM = os.environ.get("ARSYNC", "arsync")
SUCCESS, USAGE, FILE_IO, INTERRUPTED, PARTIAL, VANISHED = 0, 1, 11, 20, 23, 24

# What nobody can run or reach cannot be tested as nobody.
AS_NOBODY = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []


def strace(*options):
    """What runs a program under strace. A leak checker would trace it as well, which only one can."""
    asan = os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"
    return ["strace", "-f", "-qq", "-E", "ASAN_OPTIONS=" + asan, *options]


def content_of(path, info):
    """The bytes of a file, the target of a symbolic link, None of all else."""
    if stat.S_ISLNK(info.st_mode):
        return os.readlink(path)
    if not stat.S_ISREG(info.st_mode):
        return None
    with open(path, "rb") as f:
        return f.read()


class Result:
    def __init__(self, status, out, err):
        self.status, self.out, self.err = status, out, err

    def __repr__(self):
        return f"status {self.status}\nstdout: {self.out!r}\nstderr: {self.err!r}"


class ArsyncTest(unittest.TestCase):
    """Each test has a scratch directory, which is also its working directory for arsync."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="arsync-test-", dir=os.environ.get("ARSYNC_SCRATCH"))
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def write(self, name, content=b"content\n", mode=0o644):
        path = self.path(name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(content)
        os.chmod(path, mode)
        return path

    def read(self, *names):
        with open(self.path(*names), "rb") as f:
            return f.read()

    def tree(self, root):
        """A small tree of everything that needs no privileges."""
        self.write(os.path.join(root, "file"), b"one\n")
        self.write(os.path.join(root, "sub/deeper/file"), b"two\n", 0o600)
        os.symlink("../file", self.path(root, "sub/link"))
        os.link(self.path(root, "file"), self.path(root, "sub/hard"))
        os.mkfifo(self.path(root, "fifo"))
        return self.path(root)

    def listing(self, root):
        """Names below root with their types and contents: equal for equal trees."""
        found = {}
        for directory, names, files in os.walk(self.path(root)):
            for name in names + files:
                path = os.path.join(directory, name)
                info = os.lstat(path)
                found[os.path.relpath(path, self.path(root))] = (info.st_mode, info.st_mtime_ns, content_of(path, info))
        return found

    def arsync(self, *args, prefix=(), program=None, env=None, expect=None):
        """Run arsync with the arguments; fail unless it ends as expected."""
        done = subprocess.run([*prefix, program or PROGRAM, *args], stdin=subprocess.DEVNULL, capture_output=True,
                              cwd=self.dir, timeout=120, env=env or dict(os.environ, LC_ALL="C.UTF-8"))
        result = Result(done.returncode, done.stdout, done.stderr)
        if expect is not None:
            self.assertEqual(result.status, expect, result)
            self.assertEqual(result.err == b"", expect == SUCCESS, result)
        return result

    def program_for_nobody(self):
        """A copy of arsync that an unprivileged user can run, and the prefix that makes one."""
        os.chmod(self.dir, 0o777)
        program = shutil.copy(PROGRAM, self.path("arsync"))
        os.chmod(program, 0o755)
        try:
            probe = subprocess.run([*AS_NOBODY, program, "--version"], stdin=subprocess.DEVNULL, capture_output=True)
        except FileNotFoundError as e:
            self.skipTest(f"{e.filename} is not installed")
        if probe.returncode != 0:
            self.skipTest("arsync cannot be run by an unprivileged user: " + probe.stderr.decode(errors="replace"))
        if probe.stderr:  # it may not write what it has counted for the coverage, for example
            self.skipTest("arsync complains to an unprivileged user: " + probe.stderr.decode(errors="replace"))
        return program, AS_NOBODY
