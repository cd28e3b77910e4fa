# SPDX-License-Identifier: BSL-1.0
"""What programs lose when they copy a hostile tree, and how deep a tree they copy."""
import collections
import os
import shlex
import subprocess

from driver import timing

TOOLS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "test", "tools")

# The rows of the table, and the classes of verify_tree.sh that each one counts.
LOSSES = (
    ("directories missing, with all beneath them", ("missing directory",)),
    ("sockets missing", ("missing socket",)),
    ("other entries missing", ("missing",)),
    ("entries added", ("extra",)),
    ("wrong content or size", ("content", "size", "error")),
    ("holes filled", ("alloc+",)),
    ("data turned into holes", ("alloc-",)),
    ("wrong type or device number", ("type", "rdev")),
    ("wrong target of a symbolic link", ("symlink",)),
    ("hard links broken or mixed up", ("hardlink", "shared")),
    ("wrong mode", ("mode",)),
    ("wrong owner", ("owner",)),
    ("wrong time", ("mtime",)),
    ("access control lists", ("acl",)),
    ("file capabilities", ("cap",)),
    ("other extended attributes", ("xattr",)),
)
DEPTH, NAME = 2600, "dd"  # 2,600 levels of two letters: a path of 7,800 bytes, PATH_MAX is 4,096


class Outcome:
    """What became of one copy: losses by row, the status the program ended with, and how deep it came."""

    def __init__(self, losses, status, depth):
        self.losses, self.status, self.depth = losses, status, depth

    @property
    def perfect(self):
        return not self.losses and self.status == 0 and self.depth == DEPTH


def programs(arsync, source, destination):
    s, d = shlex.quote(source), shlex.quote(destination)
    how = "--xattrs --xattrs-include='*' --acls --selinux"
    return {
        "cp -a": ["cp", "-a", source, destination],
        "rsync -aHAXS": ["rsync", "-aHAXS", source + "/", destination],
        "tar": ["bash", "-c", f"set -o pipefail; mkdir {d} && tar -C {s} {how} --sparse -cf - . | "
                              f"tar -C {d} {how} --numeric-owner -xpf -"],
        "arsync": [arsync, "-q", source + "/", destination],
    }


def classify(report):
    """How many lines of verify_tree.sh, "CLASS PATH  TEXT", belong to each row. What no row counts is an error."""
    rows = {kind: row for row, kinds in LOSSES for kind in kinds}
    counts = collections.Counter()
    for line in report.splitlines():
        kind, what = line.split()[0], line.rsplit("  ", 1)[-1]
        counts[rows.get(f"{kind} {what}") or rows[kind]] += 1
    return dict(counts)


def run(command):
    done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, env=dict(os.environ, LC_ALL="C"),
                          check=False)
    return done.returncode


def verify(source, destination):
    done = subprocess.run([os.path.join(TOOLS, "verify_tree.sh"), source, destination],
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 2) or done.stderr:
        raise timing.Failed(f"verify_tree.sh: status {done.returncode}: {done.stderr[:2000]}")
    return classify(done.stdout)


def make_deep(top, levels=DEPTH):
    """Directories in directories, and a file in the last one."""
    os.mkdir(top)
    here = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    for _ in range(levels):
        os.mkdir(NAME, dir_fd=here)
        here = descend(here)
    os.close(os.open("bottom", os.O_CREAT | os.O_WRONLY, 0o644, dir_fd=here))
    os.close(here)


def descend(here):
    below = os.open(NAME, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
    os.close(here)
    return below


def depth_of(top):
    """How many levels of make_deep() there are; one less when the file at the bottom is missing."""
    levels = 0
    try:
        here = os.open(top, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return 0
    try:
        while True:
            here = descend(here)
            levels += 1
    except FileNotFoundError:
        pass
    try:
        os.stat("bottom", dir_fd=here)
    except FileNotFoundError:
        levels -= 1
    os.close(here)
    return levels


def compare(arsync, place, huge_megabytes, say=lambda text: None):
    """Copy the trees with every program. Gives outcomes by name."""
    source, deep, copy = place / "source", place / "deep", place / "copy"
    environment = dict(os.environ, NASTY_HUGE_MB=str(huge_megabytes))
    if place.kind == "xfs":
        environment["NASTY_XATTR_MAX"] = "65536"
    subprocess.run([os.path.join(TOOLS, "make_nasty_tree.sh"), source, "1"], env=environment, check=True,
                   stdin=subprocess.DEVNULL)
    make_deep(deep)
    place.sync()
    outcomes = {}
    for name in programs(arsync, source, copy):
        status = run(programs(arsync, source, copy)[name])
        place.sync()  # verify_tree.sh reads from what is stored
        losses = verify(source, copy)
        timing.run_untimed("rm", "-rf", "--", copy)
        run(programs(arsync, deep, copy)[name])
        outcomes[name] = Outcome(losses, status, depth_of(copy))
        timing.run_untimed("rm", "-rf", "--", copy)
        say(f"  {place.kind}, {name}: status {status}, {losses}, {outcomes[name].depth} levels")
    return outcomes
