# SPDX-License-Identifier: BSL-1.0
"""In which order programs run, and what is counted."""
import unittest

from driver import rounds


class Rounds(unittest.TestCase):
    def test_everyone_is_first_in_turn(self):
        self.assertEqual([rounds.order(3, turn) for turn in range(4)], [[0, 1, 2], [1, 2, 0], [2, 0, 1], [0, 1, 2]])

    def test_the_first_round_is_checked_and_not_counted(self):
        calls = []

        def run(name):
            calls.append(("run", name))
            return len(calls)

        found = rounds.interleave(["a", "b"], 2, run, lambda name: calls.append(("prepare", name)),
                                  lambda name: calls.append(("check", name)))
        self.assertEqual(calls, [
            ("prepare", "a"), ("run", "a"), ("check", "a"), ("prepare", "b"), ("run", "b"), ("check", "b"),
            ("prepare", "a"), ("run", "a"), ("prepare", "b"), ("run", "b"),
            ("prepare", "b"), ("run", "b"), ("prepare", "a"), ("run", "a")])
        self.assertEqual(found, {"a": [8, 14], "b": [10, 12]})


if __name__ == "__main__":
    unittest.main()
