# SPDX-License-Identifier: BSL-1.0
"""Listing a tree that is cached: names and types, and with the size of each entry."""
from driver import trees
from driver.bench import at_least

COUNT = 200000


def run(bench):
    walk = bench.program("perf_walk")
    for kind in bench.fs.kinds(("ext4", "tmpfs") if bench.quick else ("ext4", "xfs", "tmpfs")):
        with bench.fs.new(kind, 4096) as place:
            source = place / "source"
            trees.equal_files(source, COUNT, 0)
            place.sync()
            work = {"files": COUNT}
            yield bench.compare(
                f"walk.{kind}", f"walk {COUNT:,} entries, names and types, {kind}", "tree_walker",
                {"tree_walker": [walk, source], "find": ["find", source], "bfs": ["bfs", source]},
                targets=[at_least(2.0, "find"), at_least(2.0, "bfs")], work=work)
            yield bench.compare(
                f"walk-size.{kind}", f"walk {COUNT:,} entries, with sizes, {kind}", "tree_walker",
                {"tree_walker": [walk, source, "-size"], "find -size": ["find", source, "-size", "+1M"],
                 "bfs -size": ["bfs", source, "-size", "+1M"]},
                targets=[at_least(2.0, "find -size"), at_least(2.0, "bfs -size")], work=work)
