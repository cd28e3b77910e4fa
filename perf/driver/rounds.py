# SPDX-License-Identifier: BSL-1.0
"""Runs the programs of a case in turn: A B C, B C A, C A B, ... so that what changes on the machine meets them all."""


def order(count, turn):
    """Who goes first, second, ... in a round."""
    return [(turn + i) % count for i in range(count)]


def interleave(contestants, rounds, run, prepare=None, check=None):
    """Give the samples of each contestant, one for each round.

    contestants: the names; run(name) gives a sample; prepare(name) goes before it and check(name) after it, once,
    both outside of what is timed.
    """
    samples = {name: [] for name in contestants}
    for turn in range(rounds):
        for i in order(len(contestants), turn):
            name = contestants[i]
            if prepare:
                prepare(name)
            samples[name].append(run(name))
            if check and turn == 0:
                check(name)
    return samples
