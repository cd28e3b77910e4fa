# SPDX-License-Identifier: BSL-1.0
"""run.py PROGRAM TEST...

Runs the tests of an example: modules, classes or methods as unittest names them.
"""
import os
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)

if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    os.environ["EXAMPLE"] = os.path.abspath(sys.argv.pop(1))
    os.umask(0o022)
    unittest.main(module=None, verbosity=2)
