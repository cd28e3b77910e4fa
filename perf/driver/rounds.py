# SPDX-License-Identifier: BSL-1.0
"""Runs the programs of a case in turn: A B C, B C A, C A B, ... so that what changes on the machine meets them all."""


def order(count, turn):
    """Who goes first, second, ... in a round."""
    return [(turn + i) % count for i in range(count)]


def interleave(contestants, rounds, run, prepare=None, check=None):
    """Give the samples of each contestant, one for each round.

    contestants: the names; run(name) gives a sample; prepare(name) goes before it, outside of what is timed. A first
    round is not counted: it brings programs, file systems and memory into use, and check(name) looks whether each did
    its work.
    """
    samples = {name: [] for name in contestants}
    for turn in range(-1, rounds):
        for i in order(len(contestants), max(turn, 0)):
            name = contestants[i]
            if prepare:
                prepare(name)
            sample = run(name)
            if turn >= 0:
                samples[name].append(sample)
            elif check:
                check(name)
    return samples
