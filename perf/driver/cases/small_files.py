# SPDX-License-Identifier: BSL-1.0
"""Many small files: what every system call costs."""
from driver import peers, trees
from driver.bench import at_least

SIZE = 4096


def run(bench):
    count = bench.size(20000, 10000)
    for kind in bench.fs.kinds():
        with bench.fs.new(kind, 1536) as place:
            source = place / "source"
            trees.equal_files(source, count, SIZE)
            place.sync()
            yield bench.compare_copies(
                f"small.{kind}", f"{count:,} files of {SIZE >> 10} KiB, {kind}",
                peers.copy_tree(bench.arsync, source, place / "copy"), source, place,
                targets=[at_least(1.3 if kind == "btrfs" else 2.0, "cp -a"), at_least(1.0, "cp -a", "cpu"),
                         at_least(3.0, "rsync -a")],
                work={"files": count, "bytes": count * SIZE})
