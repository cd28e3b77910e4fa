# SPDX-License-Identifier: BSL-1.0
"""What one asynchronous operation costs: the Google Benchmark program perf_engine, its repetitions as rounds."""
import json
import os
import subprocess

from driver import timing


def run(bench):
    program = bench.program("perf_engine")
    if not os.path.exists(program):
        bench.say("  engine: Google Benchmark was not there when this was built")
        return
    for kind in bench.fs.kinds(("ext4", "tmpfs")):
        with bench.fs.new(kind, 512) as place:
            done = subprocess.run(
                [program, place.path, "--benchmark_format=json", f"--benchmark_repetitions={bench.rounds}",
                 "--benchmark_enable_random_interleaving=true", f"--benchmark_min_time={bench.size(0.2, 0.02)}"],
                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise timing.Failed(f"perf_engine: {done.stderr.strip()[:2000]}")
            bench.say(f"  engine.{kind}")
            yield from cases(kind, json.loads(done.stdout)["benchmarks"])


def place_in_table(way):
    """System calls first, then Asio, then the library; one in flight before many."""
    name, in_flight = way.rsplit(", ", 1)
    order = [name.endswith("(2)"), name.startswith("asio::"), name.startswith("as the library")]
    return len(in_flight), [not first for first in order], name


def cases(kind, runs):
    """One case for each operation. Names are OPERATION/WAY/IN FLIGHT/..."""
    found = {}
    for one in runs:
        if one["run_type"] != "iteration":
            continue
        if one.get("error_occurred"):
            raise timing.Failed(f"perf_engine: {one['name']}: {one['error_message']}")
        operation, way, in_flight = one["name"].split("/")[:3]
        samples = found.setdefault(operation, {}).setdefault(f"{way}, {in_flight} in flight", [])
        samples.append({"wall": one["real_time"] * 1e-9, "cpu": one["cpu_time"] * 1e-9})
    for operation, ways in found.items():
        ours = "as the library decides" if operation.startswith("read") else "ring"
        yield {"key": f"engine.{operation.replace(' ', '_')}.{kind}", "title": f"{operation}, cached, {kind}",
               "ours": f"{ours}, 1 in flight", "work": {"operations": 1},
               "contestants": {way: {"command": "perf_engine", "samples": ways[way]}
                               for way in sorted(ways, key=place_in_table)},
               "targets": []}
