# SPDX-License-Identifier: BSL-1.0
"""What is computed from the runs of a case. A sample is a dict: wall, cpu (seconds), for some rss (kB)."""
import statistics


def summary(values):
    """Median, extremes, and the spread: how far the extremes are apart, as a part of the median."""
    middle = statistics.median(values)
    low, high = min(values), max(values)
    return {"median": middle, "min": low, "max": high, "spread": (high - low) / middle if middle else 0.0}


def column(samples, what):
    return [sample[what] for sample in samples]


def ratio(ours, peers, what="wall"):
    """How many times as much a peer needs: the median, over the rounds, of the ratio within each round.

    Runs of one round were made one after the other, so what disturbs a whole round disturbs the ratio little.
    """
    if len(ours) != len(peers):
        raise ValueError(f"{len(ours)} rounds of one side, {len(peers)} of the other")
    return summary([p[what] / o[what] for o, p in zip(ours, peers) if o[what] > 0])


def best_ratio(ours, peers, what="wall"):
    """The same between the best run of each: less disturbed, and not what one gets every day."""
    best = min(column(ours, what))
    return min(column(peers, what)) / best if best > 0 else float("inf")


def judge(target, contestants, ours):
    """Whether a target is reached: {"peer", "what", "at_least"}: the peer needs at least so many times what we need."""
    sides = contestants[ours]["samples"], contestants[target["peer"]]["samples"], target.get("what", "wall")
    found = ratio(*sides)
    return {"ratio": found["median"], "low": found["min"], "high": found["max"], "best": best_ratio(*sides),
            "reached": found["median"] >= target["at_least"]}
