# SPDX-License-Identifier: BSL-1.0
"""File systems for tests: loop images and tmpfs in a mount namespace of the test's own.

The namespace ends with the process, and the mounts with it, however the process ends.
"""
import os
import shutil
import subprocess
import sys

SKIPPED = 77  # the exit status by which ctest knows a test that cannot run here


class CannotMount(Exception):
    """Tells why a file system cannot be had here."""


def enter_private_namespace():
    """Run the program again in a mount namespace of its own. Raises CannotMount."""
    if os.environ.get("ASIO_FS_PRIVATE_MOUNTS") == "1":
        return
    if os.geteuid() != 0:
        raise CannotMount("mounting needs root")
    if not shutil.which("unshare"):
        raise CannotMount("unshare(1) is not installed")
    unshare = ["unshare", "--mount", "--propagation", "private"]
    probe = subprocess.run(unshare + ["true"], capture_output=True, text=True)
    if probe.returncode != 0:
        raise CannotMount("no mount namespace: " + probe.stderr.strip())
    os.environ["ASIO_FS_PRIVATE_MOUNTS"] = "1"
    sys.stdout.flush()
    os.execvp("unshare", unshare + [sys.executable, "-B"] + sys.argv)


def run(*command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if done.returncode != 0:
        text = done.stdout.decode(errors="replace").strip()
        raise CannotMount(f"{' '.join(command)}: exit status {done.returncode}: {text}")


def mount_tmpfs(place, size):
    os.makedirs(place, exist_ok=True)
    run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place)


MKFS = {
    "ext4": ["mkfs.ext4", "-q", "-F", "-m", "0"],
    "xfs": ["mkfs.xfs", "-q", "-f", "-m", "reflink=1"],
    "btrfs": ["mkfs.btrfs", "-q", "-f"],
    # Listing a directory does not tell what its entries are.
    "untyped": ["mkfs.ext4", "-q", "-F", "-m", "0", "-O", "^filetype"],
}


def mount_overlay(place, image, megabytes):
    """What containers have: an empty lower layer, and an upper one on ext4."""
    below = place + ".below"
    mount_new("ext4", below, image, megabytes)
    layers = [os.path.join(below, name) for name in ("lower", "upper", "work")]
    for directory in (*layers, place):
        os.makedirs(directory, exist_ok=True)
    run("mount", "-t", "overlay", "-o", "lowerdir={},upperdir={},workdir={}".format(*layers), "overlay", place)


def mount_new(kind, place, image, megabytes):
    """Make a file system of a kind in a sparse image, or a tmpfs, and mount it. Raises CannotMount."""
    if kind == "tmpfs":
        return mount_tmpfs(place, f"{megabytes}m")
    if kind == "overlay":
        return mount_overlay(place, image, megabytes)
    if not shutil.which(MKFS[kind][0]):
        raise CannotMount(MKFS[kind][0] + " is not installed")
    with open(image, "wb") as f:
        f.truncate(megabytes << 20)
    run(*MKFS[kind], image)
    os.makedirs(place, exist_ok=True)
    run("mount", "-o", "loop", image, place)
    return None
