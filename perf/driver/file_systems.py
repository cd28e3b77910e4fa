# SPDX-License-Identifier: BSL-1.0
"""File systems to measure on: in loop images that lie in memory, so that no disk has a part in it, and tmpfs.

They live in the driver's own mount namespace and end with it, however it ends.
"""
import contextlib
import ctypes
import os
import shutil
import subprocess

import mounts

LOOP = ("ext4", "xfs", "btrfs")
ALL = (*LOOP, "tmpfs")
REFLINK = ("xfs", "btrfs")

# Tables are written now, and not by the kernel while something else is measured.
MORE_OPTIONS = {"ext4": ["-E", "lazy_itable_init=0,lazy_journal_init=0"], "xfs": [], "btrfs": []}

libc = ctypes.CDLL(None, use_errno=True)


class Place:
    """A directory on a file system of its own."""

    def __init__(self, kind, path):
        self.kind, self.path = kind, path

    def sync(self):
        fd = os.open(self.path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if libc.syncfs(fd) != 0:
                raise OSError(ctypes.get_errno(), "syncfs", self.path)
        finally:
            os.close(fd)

    def __truediv__(self, name):
        return os.path.join(self.path, name)


class FileSystems:
    """Makes file systems beneath a scratch directory, which is a tmpfs where we may mount one, until close()."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.number = 0
        self.can_mount = os.environ.get("ASIO_FS_PRIVATE_MOUNTS") == "1"
        if self.can_mount:
            mounts.run("mount", "-t", "tmpfs", "-o", "size=90%,mode=700", "tmpfs", scratch)

    def close(self):
        if self.can_mount:
            subprocess.run(["umount", "--lazy", self.scratch], stdin=subprocess.DEVNULL, check=False)

    def kinds(self, wanted=ALL):
        """Those of the kinds that can be made here."""
        if not self.can_mount:
            return [kind for kind in wanted if kind == kind_of(self.scratch)]
        return [kind for kind in wanted if kind == "tmpfs" or shutil.which(mounts.MKFS[kind][0])]

    @contextlib.contextmanager
    def new(self, kind, megabytes):
        """A new file system while the block lasts; without root, a new directory."""
        self.number += 1
        path, image = (os.path.join(self.scratch, f"{kind}{self.number}{end}") for end in ("", ".img"))
        os.mkdir(path)
        if not self.can_mount:
            try:
                yield Place(kind, path)
            finally:
                shutil.rmtree(path, ignore_errors=True)
            return
        try:
            if kind == "tmpfs":
                mounts.run("mount", "-t", "tmpfs", "-o", f"noatime,size={megabytes}m,nr_inodes=0", "tmpfs", path)
            else:
                with open(image, "wb") as f:
                    f.truncate(megabytes << 20)
                mounts.run(*mounts.MKFS[kind], *MORE_OPTIONS[kind], image)
                mounts.run("mount", "-o", "loop,noatime", image, path)
            try:
                yield Place(kind, path)
            finally:
                subprocess.run(["umount", path], stdin=subprocess.DEVNULL, check=False)
        finally:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(image)
            with contextlib.suppress(OSError):
                os.rmdir(path)


def kind_of(path):
    """The kind of the file system a path lies on."""
    best, kind = "", "unknown"
    path = os.path.realpath(path)
    with open("/proc/self/mounts", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            _, where, what = line.split()[:3]
            if (path == where or path.startswith(where.rstrip("/") + "/")) and len(where) >= len(best):
                best, kind = where, what
    return kind
