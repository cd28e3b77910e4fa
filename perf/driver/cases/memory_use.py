# SPDX-License-Identifier: BSL-1.0
"""How much memory a copy takes, and that ten times as many files take no more."""
import os
import tempfile

from driver import timing, trees

TIME = "/usr/bin/time"
COUNTS = (200000, 2000000)
MARGIN = 1.05  # pages that the C library happens to keep


def peak(bench, command):
    """A sample with the largest resident size, by time(1): that of our own children includes ours."""
    with tempfile.NamedTemporaryFile("r", encoding="ascii") as report:
        sample = timing.run_timed([TIME, "-f", "%M", "-o", report.name, *command], bench.environment)
        return dict(sample, rss=int(report.read()))


def run(bench):
    if bench.quick or not bench.fs.can_mount or not os.path.exists(TIME):
        bench.say("  needs full sizes, root and time(1)")
        return
    found = {}
    for count in COUNTS:
        with bench.fs.new("tmpfs", 12288) as place:
            source = place / "source"
            trees.equal_files(source, count, 0)
            sample = peak(bench, [bench.arsync, "-q", source + "/", place / "copy"])
            found[f"{count:,} files"] = {"command": "arsync -q SOURCE/ COPY", "samples": [sample]}
            bench.say(f"  memory.{count}: {sample['rss']} kB, {sample['wall']:.1f} s")
    few, many = found
    yield {"key": "memory", "title": "memory to copy empty files, tmpfs", "ours": many, "work": {},
           "contestants": found, "targets": [{"peer": few, "what": "rss", "at_least": 1 / MARGIN}]}
