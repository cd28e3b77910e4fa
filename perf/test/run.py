# SPDX-License-Identifier: BSL-1.0
"""Runs the tests of the driver."""
import os
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, ".."), os.path.join(here, "..", "..", "test", "tools")]

if __name__ == "__main__":
    unittest.main(module=None, argv=[sys.argv[0], "discover", "--start-directory", here, "--verbose"])
