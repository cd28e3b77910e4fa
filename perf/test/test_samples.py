# SPDX-License-Identifier: BSL-1.0
"""The driver's arithmetic, on samples that are made up."""
import unittest

from driver import samples


def runs(*walls, cpu=1.0):
    return [{"wall": wall, "cpu": cpu, "rss": 1000} for wall in walls]


class Samples(unittest.TestCase):
    def test_summary_of_an_odd_and_an_even_number(self):
        self.assertEqual(samples.summary([3, 1, 2]), {"median": 2, "min": 1, "max": 3, "spread": 1.0})
        self.assertEqual(samples.summary([1, 2, 3, 4])["median"], 2.5)

    def test_summary_of_one_run(self):
        self.assertEqual(samples.summary([5.0]), {"median": 5.0, "min": 5.0, "max": 5.0, "spread": 0.0})

    def test_ratio_is_taken_within_each_round(self):
        # The machine was ten times slower in the second round, for both: the medians alone would say 2 / 1.
        found = samples.ratio(runs(1, 10, 1), runs(3, 30, 2))
        self.assertEqual((found["median"], found["min"], found["max"]), (3, 2, 3))

    def test_ratio_of_another_column(self):
        self.assertEqual(samples.ratio(runs(1, 1, cpu=0.5), runs(1, 1, cpu=2.0), "cpu")["median"], 4.0)

    def test_rounds_must_correspond(self):
        with self.assertRaises(ValueError):
            samples.ratio(runs(1), runs(1, 2))

    def test_best_to_best(self):
        self.assertEqual(samples.best_ratio(runs(9, 2, 7), runs(3, 8, 8)), 1.5)

    def test_a_target_is_reached_by_the_median(self):
        contestants = {"ours": {"samples": runs(1, 1, 1)}, "peer": {"samples": runs(1, 2, 9)}}
        target = {"peer": "peer", "what": "wall", "at_least": 2.0}
        self.assertTrue(samples.judge(target, contestants, "ours")["reached"])
        self.assertFalse(samples.judge(dict(target, at_least=2.01), contestants, "ours")["reached"])


if __name__ == "__main__":
    unittest.main()
