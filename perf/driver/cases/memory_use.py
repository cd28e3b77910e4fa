# SPDX-License-Identifier: BSL-1.0
"""How much memory a copy takes, and that ten times as many files take no more."""
from driver import trees
from driver.bench import Bench, remove

COUNTS = (200000, 2000000)
MARGIN = 1.05  # pages that the C library happens to keep


def run(bench):
    if bench.quick or not bench.fs.can_mount:
        return
    once = Bench(bench.bin, bench.fs, 1, False, False)
    results = []
    for count in COUNTS:
        with bench.fs.new("tmpfs", 12288) as place:
            source = place / "source"
            trees.equal_files(source, count, 0)
            result = once.compare(f"memory.{count}", f"memory to copy {count:,} empty files, tmpfs", "arsync",
                                  {"arsync": [bench.arsync, "-q", source + "/", place / "copy"]},
                                  work={"files": count})
            remove(place / "copy")
            results.append(result)
            yield result
    few, many = (result["contestants"]["arsync"]["samples"] for result in results)
    yield {"key": "memory", "title": f"memory: {COUNTS[0]:,} files against {COUNTS[1]:,}", "ours": "2,000,000 files",
           "work": {},
           "contestants": {"2,000,000 files": {"command": "", "samples": many},
                           "200,000 files": {"command": "", "samples": few}},
           "targets": [{"peer": "200,000 files", "what": "rss", "at_least": 1 / MARGIN}]}
