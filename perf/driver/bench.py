# SPDX-License-Identifier: BSL-1.0
"""What all cases share: the programs, the file systems, how many rounds, and the comparison itself."""
import os
import shutil
import sys
import time

from driver import rounds, timing, trees


class Bench:
    def __init__(self, bin_directory, file_systems, rounds_wanted, quick, pin_threads):
        self.bin = bin_directory
        self.fs = file_systems
        self.rounds = rounds_wanted
        self.quick = quick
        self.environment = dict(os.environ, LC_ALL="C")
        if pin_threads:
            cpus = sorted(os.sched_getaffinity(0))
            self.environment["LD_PRELOAD"] = os.path.join(self.bin, "perf_pin_threads.so")
            self.environment["PERF_CPUS"] = ",".join(map(str, cpus))

    @property
    def arsync(self):
        return self.program("arsync")

    def program(self, name):
        return os.path.join(self.bin, name)

    def size(self, full, quick):
        return quick if self.quick else full

    def say(self, text):
        print(text, file=sys.stderr, flush=True)

    def compare(self, key, title, ours, contestants, targets=(), prepare=None, check=None, work=None,
                rounds_wanted=None):
        """Run the contestants of a case in turn and give its result.

        contestants: command lines by name; prepare(name) and check(name) are called outside of what is timed;
        work: what is done, {"files": n, "bytes": n}, for rates.
        """
        begin = time.monotonic()
        present = {name: command for name, command in contestants.items()
                   if shutil.which(command[0]) or os.path.exists(command[0])}
        samples = rounds.interleave(list(present), rounds_wanted or self.rounds,
                                    lambda name: timing.run_timed(present[name], self.environment), prepare, check)
        self.say(f"  {key}: " + ", ".join(
            f"{name} {sorted(s['wall'] for s in runs)[len(runs) // 2]:.3f} s" for name, runs in samples.items())
            + f" ({time.monotonic() - begin:.0f} s)")
        return {
            "key": key, "title": title, "ours": ours, "work": work or {},
            "contestants": {name: {"command": " ".join(present[name]), "samples": samples[name]} for name in present},
            "targets": [target for target in targets if target["peer"] in present],
        }

    def compare_copies(self, key, title, contestants, source, place, targets=(), work=None, expected=None, large=False):
        """Compare programs that copy to <place>/copy, which is removed immediately before each run.

        So a copy gets the memory that the one before has just given back. The host of a virtual machine takes free
        memory within a second, and getting it back takes up to ten times as long as the copy. For large files,
        programs use pieces of different size, and memory is kept by size: each makes a copy that is not timed first.
        """
        target = place / "copy"
        expected = expected or (trees.census(source) if os.path.isdir(source) else None)

        def clear():
            remove(target)
            place.sync()

        def prepare(name):
            clear()
            if large:
                timing.run_timed(contestants[name], self.environment)
                clear()

        def check(name):
            if expected is None:
                same = os.path.getsize(target) == os.path.getsize(source)
            else:
                same = trees.census(target) == expected
            if not same:
                raise timing.Failed(f"{key}: {name} did not copy everything")

        result = self.compare(key, title, "arsync", contestants, targets, prepare, check, work,
                              2 * self.rounds + 1 if large else None)
        remove(target)
        return result


def remove(path):
    timing.run_untimed("rm", "-rf", "--", path)


def at_least(ratio, peer, what="wall"):
    """A target: the peer needs at least so many times the seconds, or whatever else, that we need."""
    return {"peer": peer, "at_least": ratio, "what": what}
