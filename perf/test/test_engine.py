# SPDX-License-Identifier: BSL-1.0
"""What Google Benchmark reports becomes cases like the others."""
import unittest

from driver import timing
from driver.cases import engine


def one(name, nanoseconds, **more):
    return dict({"name": name + "/process_time/real_time", "run_type": "iteration", "real_time": nanoseconds,
                 "cpu_time": 2 * nanoseconds}, **more)


RUNS = [
    one("read 4 KiB/ring/32", 800.0), one("read 4 KiB/as the library decides/1", 1000.0),
    one("read 4 KiB/pread(2)/1", 400.0),
    one("read 4 KiB/asio::random_access_file/1", 2000.0), one("read 4 KiB/as the library decides/1", 1200.0),
    one("open and close/open(2), close(2)/1", 700.0), one("open and close/ring/1", 8000.0),
    one("open and close/ring/1", 8000.0, run_type="aggregate"),
]


class Engine(unittest.TestCase):
    def test_repetitions_are_rounds(self):
        read, _ = engine.cases("ext4", RUNS)
        self.assertEqual(read["key"], "engine.read_4_KiB.ext4")
        self.assertEqual(read["ours"], "as the library decides, 1 in flight")
        self.assertEqual(read["contestants"][read["ours"]]["samples"],
                         [{"wall": 1000 * 1e-9, "cpu": 2000 * 1e-9}, {"wall": 1200 * 1e-9, "cpu": 2400 * 1e-9}])

    def test_calls_come_first_and_aggregates_do_not_count(self):
        read, opened = engine.cases("ext4", RUNS)
        self.assertEqual(list(read["contestants"]), [
            "pread(2), 1 in flight", "asio::random_access_file, 1 in flight", "as the library decides, 1 in flight",
            "ring, 32 in flight"])
        self.assertEqual(list(opened["contestants"]), ["open(2), close(2), 1 in flight", "ring, 1 in flight"])
        self.assertEqual(len(opened["contestants"]["ring, 1 in flight"]["samples"]), 1)

    def test_a_failed_run_is_no_number(self):
        with self.assertRaisesRegex(timing.Failed, "No such file"):
            list(engine.cases("ext4", [one("statx/ring/1", 1.0, error_occurred=True, error_message="No such file")]))


if __name__ == "__main__":
    unittest.main()
