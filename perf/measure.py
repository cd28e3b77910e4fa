#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Measures the library and arsync beside their peers. perf/run.sh builds what it needs and calls it."""
import argparse
import contextlib
import datetime
import json
import os
import signal
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "test", "tools")]
sys.dont_write_bytecode = True
import mounts  # noqa: E402
from driver import machine, render, timing  # noqa: E402
from driver.bench import Bench  # noqa: E402
from driver.cases import (engine, large_file, memory_use, mixed_trees, removing, small_files, up_to_date,  # noqa: E402
                          walking)
from driver.file_systems import FileSystems  # noqa: E402

CASES = {"small": small_files, "mixed": mixed_trees, "unchanged": up_to_date, "large": large_file, "walk": walking,
         "remove": removing, "memory": memory_use, "engine": engine}


def names(text):
    chosen = text.split(",")
    for name in chosen:
        if name not in CASES:
            raise argparse.ArgumentTypeError(f"{name} is none of {', '.join(CASES)}")
    return chosen


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bin", required=True, help="where arsync and the perf programs are")
    parser.add_argument("--quick", action="store_true", help="smaller sizes: at most five minutes on two CPUs")
    parser.add_argument("--only", type=names, default=list(CASES), metavar="NAME,...",
                        help=f"these cases only, of {', '.join(CASES)}")
    parser.add_argument("--rounds", type=int, default=5, help="at least 5 are needed for a result to be published")
    parser.add_argument("--output", default=os.path.join(HERE, "..", "build", "perf"), help="where results are written")
    parser.add_argument("--scratch", help="where file systems are mounted (default: a new directory in TMPDIR)")
    parser.add_argument("--no-pin", action="store_true", help="let the scheduler place threads")
    return parser.parse_args()


def save(data, directory):
    """Written after each case, so that what was measured is not lost when a run is ended."""
    for name, text in (("result.json", json.dumps(data, indent=1)), ("result.md", render.short(data))):
        with open(os.path.join(directory, name), "w", encoding="utf-8") as f:
            f.write(text)


def measure(chosen, file_systems):
    bench = Bench(os.path.abspath(chosen.bin), file_systems, max(1, chosen.rounds), chosen.quick, not chosen.no_pin)
    data = {
        "format": 1,
        "began": datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "options": {"rounds": bench.rounds, "quick": bench.quick, "pinned": not chosen.no_pin, "only": chosen.only,
                    "mounted": file_systems.can_mount},
        "machine": machine.facts(bench.arsync),
        "cases": [],
    }
    for name in chosen.only:
        bench.say(f"{name}:")
        try:
            for case in CASES[name].run(bench):
                data["cases"].append(case)
                save(data, chosen.output)
        except (timing.Failed, mounts.CannotMount, OSError) as reason:
            bench.say(f"FAILED: {name}: {reason}")
            data.setdefault("failures", []).append(f"{name}: {reason}")
    return data


def main():
    try:
        mounts.enter_private_namespace()
    except mounts.CannotMount as reason:
        print(f"No file systems of our own ({reason}): measuring in TMPDIR, on what lies beneath it.", file=sys.stderr)
    chosen = arguments()
    machine.two_cpus()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was mounted is taken away
    os.makedirs(chosen.output, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="asio-fs-perf-", dir=chosen.scratch, ignore_cleanup_errors=True) as scratch:
        with contextlib.closing(FileSystems(scratch)) as file_systems:
            data = measure(chosen, file_systems)
    save(data, chosen.output)
    print(render.targets(data["cases"]))
    print("Written:", os.path.realpath(os.path.join(chosen.output, "result.json")), "and result.md")
    return 1 if "failures" in data else 0


if __name__ == "__main__":
    sys.exit(main())
