# SPDX-License-Identifier: BSL-1.0
"""Removing a tree."""
import os

from driver import timing, trees
from driver.bench import at_least

COUNT, SIZE = 20000, 4096


def run(bench):
    for kind in bench.fs.kinds(("ext4", "tmpfs") if bench.quick else ("ext4", "xfs", "btrfs", "tmpfs")):
        with bench.fs.new(kind, 1536) as place:
            source, victim = place / "source", place / "victim"
            trees.equal_files(source, COUNT, SIZE)

            def prepare(_):
                timing.run_untimed("cp", "-a", "--reflink=never", source, victim)
                place.sync()

            def check(name):
                if os.path.lexists(victim):
                    raise timing.Failed(f"{name} did not remove everything")

            yield bench.compare(
                f"remove.{kind}", f"remove {COUNT:,} files of {SIZE >> 10} KiB, {kind}", "remove_tree",
                {"remove_tree": [bench.program("perf_remove"), victim], "rm -rf": ["rm", "-rf", victim]},
                targets=[at_least(1.5, "rm -rf")], prepare=prepare, check=check, work={"files": COUNT})
