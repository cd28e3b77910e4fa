# SPDX-License-Identifier: BSL-1.0
"""What is measured of a process."""
import sys
import unittest

from driver import timing


class Timing(unittest.TestCase):
    def test_waiting_takes_time_and_no_cpu(self):
        sample = timing.run_timed(["sleep", "0.2"])
        self.assertGreaterEqual(sample["wall"], 0.2)
        self.assertLess(sample["cpu"], 0.1)

    def test_children_count(self):
        burn = "import time\nwhile time.process_time() < 0.2: pass"
        sample = timing.run_timed(["sh", "-c", f"'{sys.executable}' -c '{burn}'; true"])
        self.assertGreaterEqual(sample["cpu"], 0.2)

    def test_a_failure_is_told_with_its_reason(self):
        with self.assertRaisesRegex(timing.Failed, "exit status 3: because"):
            timing.run_timed(["sh", "-c", "echo because >&2; exit 3"])


if __name__ == "__main__":
    unittest.main()
