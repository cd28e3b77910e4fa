# SPDX-License-Identifier: BSL-1.0
"""A copy that is up to date: nothing to do but to find that out."""
from driver import timing, trees
from driver.bench import at_least


def run(bench):
    count = bench.size(80000, 20000)
    for kind in bench.fs.kinds(("ext4",) if bench.quick else ("ext4", "xfs", "btrfs", "tmpfs")):
        with bench.fs.new(kind, bench.size(5120, 1536)) as place:
            source, copy = place / "source", place / "copy"
            size = trees.mixed_files(source, count)
            timing.run_untimed("cp", "-a", source, copy)
            place.sync()
            yield bench.compare(
                f"unchanged.{kind}", f"up-to-date tree, {count:,} files, {kind}", "arsync",
                {"arsync": [bench.arsync, "-q", source + "/", copy],
                 "rsync -a": ["rsync", "-a", source + "/", copy],
                 "rsync -aHAX": ["rsync", "-aHAX", source + "/", copy]},
                targets=[at_least(2.0, "rsync -a")], work={"files": count, "bytes": size})
