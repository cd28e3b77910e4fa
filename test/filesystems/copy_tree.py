# SPDX-License-Identifier: BSL-1.0
"""copy_tree.py ARSYNC SCRATCH CASE

Copies a hostile tree with arsync from one file system to another, and compares source and copy in everything
that belongs to a tree. What the destination's file system cannot hold must have been named by arsync, which then
must have ended with status 23; nothing else may differ. A second run must find the copy as good as the first.

The case `usr` copies /usr to a new ext4 instead, once.

ASIO_FS_TEST_SEED chooses another tree (default 1), NASTY_HUGE_MB the size of its largest sparse file.
Exit status: 0 passed, 1 failed, 77 skipped, with the reason on stdout.
"""
import os
import re
import shutil
import subprocess
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "tools"))
import mounts  # noqa: E402

TOOLS = os.path.dirname(os.path.abspath(mounts.__file__))

# source and destination; where they are the same, both trees lie in one file system
CASES = {
    "ext4": ("ext4", "ext4"),
    "xfs": ("xfs", "xfs"),
    "btrfs": ("btrfs", "btrfs"),
    "untyped": ("untyped", "untyped"),
    "overlay": ("overlay", "overlay"),
    "tmpfs_to_ext4": ("tmpfs", "ext4"),
    "ext4_to_xfs": ("ext4", "xfs"),
    "xfs_to_ext4": ("xfs", "ext4"),
}

failures = []


def fail(text):
    print("FAILED:", text, flush=True)
    failures.append(text)


def unescape(name):
    """The bytes of a name that arsync has made safe to print."""
    return re.sub(rb"\\#([0-7]{3})", lambda m: bytes([int(m.group(1), 8)]), name)


def shown(path):
    """A path as verify_tree.sh prints it."""
    p = os.fsdecode(path) or "."
    p = p if len(p) < 120 else p[:50] + "..." + p[-60:]
    return ascii(p)[1:-1]


def arsync(program, source, destination):
    """Copy the content of source; give the exit status and the entries named on stderr."""
    begin = time.monotonic()
    done = subprocess.run([program, "--quiet", source + "/", destination + "/"], stdin=subprocess.DEVNULL,
                          capture_output=True, env=dict(os.environ, LC_ALL="C"))
    print(f"arsync: status {done.returncode}, {time.monotonic() - begin:.2f} s", flush=True)
    if done.stdout:
        fail(f"--quiet printed: {done.stdout[:500]!r}")
    named = set()
    for line in done.stderr.splitlines():
        print("  " + line.decode(errors="replace")[:300])
        parts = line.removeprefix(b"arsync: ").rsplit(b": ", 2)
        if len(parts) == 3:
            named.add(shown(unescape(parts[0])))
    return done.returncode, named


def differing(source, destination, *options):
    """The entries that verify_tree.sh finds to differ."""
    done = subprocess.run([os.path.join(TOOLS, "verify_tree.sh"), *options, source, destination],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True)
    lines = done.stdout.splitlines()
    for line in lines[:60]:
        print("  " + line)
    if done.returncode not in (0, 1) or (done.returncode == 1) != bool(lines):
        fail(f"verify_tree.sh: status {done.returncode}: {done.stderr[:2000]}")
    return {line[10:].split("  ")[0] for line in lines}


def check_copy(program, source, destination, exact, attempts=("first", "second")):
    for attempt in attempts:
        print(f"-- {attempt} run", flush=True)
        status, named = arsync(program, source, destination)
        different = differing(source, destination)
        if status != (23 if named else 0):
            fail(f"{attempt} run: exit status {status} with {len(named)} entries named")
        for entry in sorted(different - named):
            fail(f"{attempt} run: differs and was not named: {entry}")
        for entry in sorted(named - different):
            fail(f"{attempt} run: named, though nothing differs: {entry}")
        if exact and named:
            fail(f"{attempt} run: a file system cannot hold its own tree")


def nasty_case(program, scratch, case):
    kinds = CASES[case]
    first = os.path.join(scratch, "a")
    mounts.mount_new(kinds[0], first, os.path.join(scratch, "a.img"), 3072)
    second = first
    if kinds[0] != kinds[1]:
        second = os.path.join(scratch, "b")
        mounts.mount_new(kinds[1], second, os.path.join(scratch, "b.img"), 3072)
    source, destination = os.path.join(first, "source"), os.path.join(second, "copy")

    environment = dict(os.environ)
    environment.setdefault("NASTY_HUGE_MB", "300")
    if kinds[0] == "xfs":
        environment.setdefault("NASTY_XATTR_MAX", "65536")
    seed = os.environ.get("ASIO_FS_TEST_SEED", "1")
    subprocess.run([os.path.join(TOOLS, "make_nasty_tree.sh"), source, seed], env=environment, check=True,
                   stdin=subprocess.DEVNULL)
    os.sync()
    check_copy(program, source, destination, exact=kinds[0] == kinds[1])


def usr_case(program, scratch):
    source = "/usr"
    kilobytes = int(subprocess.run(["du", "-skx", source], stdin=subprocess.DEVNULL, capture_output=True,
                                   text=True).stdout.split()[0])
    room = shutil.disk_usage(scratch).free >> 10
    if room < kilobytes * 5 // 4:
        raise mounts.CannotMount(f"{source} needs {kilobytes} kB, {scratch} has {room} kB")
    place = os.path.join(scratch, "a")
    mounts.mount_new("ext4", place, os.path.join(scratch, "a.img"), kilobytes * 3 // 2048 + 1024)
    check_copy(program, source, os.path.join(place, "copy"), exact=False, attempts=("first",))


def main():
    if len(sys.argv) != 4 or sys.argv[3] not in [*CASES, "usr"]:
        print(__doc__, file=sys.stderr)
        return 2
    program, scratch, case = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]), sys.argv[3]
    try:
        mounts.enter_private_namespace()
        shutil.rmtree(scratch, ignore_errors=True)
        os.makedirs(scratch)
        if case == "usr":
            usr_case(program, scratch)
        else:
            nasty_case(program, scratch, case)
    except mounts.CannotMount as reason:
        print("skipped:", reason)
        return mounts.SKIPPED
    finally:
        # The images are sparse but not small; the mounts keep them until this process ends.
        for name in ("a.img", "b.img"):
            try:
                os.unlink(os.path.join(scratch, name))
            except FileNotFoundError:
                pass
    print("failed" if failures else "passed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
