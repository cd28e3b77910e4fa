# SPDX-License-Identifier: BSL-1.0
"""Trees as they occur: one like the Linux sources, and this machine's /usr or as much of it as memory holds."""
import os
import subprocess

from driver import peers, timing, trees
from driver.bench import at_least

WITH_ALL = ("arsync", "cp -a", "rsync -a", "tar | tar")


def parts_of_usr(limit):
    """Directories of /usr, in the order of their names, that hold at most so many kB together, and how many kB."""
    done = subprocess.run(["du", "-x", "-k", "--max-depth=2", "/usr"], stdin=subprocess.DEVNULL, capture_output=True,
                          check=False)
    sizes = dict(reversed(line.split(b"\t", 1)) for line in done.stdout.splitlines())
    whole = int(sizes.get(b"/usr", b"0"))
    if whole <= limit:
        return [b"/usr"], whole
    chosen, total = [], 0
    for path in sorted(path for path in sizes if path.count(b"/") == 3):
        if total + int(sizes[path]) <= limit:
            chosen.append(path)
            total += int(sizes[path])
    return chosen, total


def copy_of_usr(top, limit):
    """Bring /usr, or a part, to a file system that is measured. Gives what was taken."""
    chosen, kilobytes = parts_of_usr(limit)
    os.mkdir(top)
    for path in chosen:
        target = os.fsencode(top) + os.path.dirname(path)
        os.makedirs(target, exist_ok=True)
        timing.run_untimed("cp", "-ax", "--", os.fsdecode(path), os.fsdecode(target))
    return "/usr" if chosen == [b"/usr"] else f"{kilobytes >> 10} MiB of /usr ({len(chosen)} of its directories)"


def run(bench):
    names = WITH_ALL[:2] if bench.quick else WITH_ALL
    targets = [at_least(1.8, "cp -a"), at_least(1.0, "cp -a", "cpu")]
    count = bench.size(80000, 20000)
    for kind in bench.fs.kinds(("ext4",) if bench.quick else ("ext4", "xfs", "btrfs", "tmpfs")):
        with bench.fs.new(kind, bench.size(5120, 1536)) as place:
            source = place / "source"
            size = trees.mixed_files(source, count)
            place.sync()
            yield bench.compare_copies(
                f"source.{kind}", f"tree like the Linux sources, {count:,} files, {size >> 20} MiB, {kind}",
                peers.only(peers.copy_tree(bench.arsync, source, place / "copy"), *names), source, place,
                targets, {"files": count, "bytes": size})

    megabytes = bench.size(2048, 256)
    for kind in bench.fs.kinds(("ext4",)):
        with bench.fs.new(kind, 3 * megabytes + 512) as place:
            source = place / "source"
            what = copy_of_usr(source, megabytes << 10)
            place.sync()
            expected = trees.census(source)
            yield bench.compare_copies(
                f"usr.{kind}", f"{what}, {kind}",
                peers.only(peers.copy_tree(bench.arsync, source, place / "copy"), *names), source, place, targets,
                {"files": expected["files"], "bytes": expected["bytes"]}, expected)
