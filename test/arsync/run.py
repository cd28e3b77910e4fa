# SPDX-License-Identifier: BSL-1.0
"""run.py ARSYNC [UNITTEST-ARGUMENT...]

Runs the tests of arsync's command line, in a mount namespace of their own where that is possible.
"""
import os
import sys
import unittest

here = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [here, os.path.join(here, "..", "tools")]
import mounts  # noqa: E402

if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        mounts.enter_private_namespace()
    except mounts.CannotMount:
        pass  # the tests that mount tell the reason when they are skipped
    os.environ["ARSYNC"] = os.path.abspath(sys.argv.pop(1))
    os.umask(0o022)
    if len(sys.argv) == 1:
        sys.argv += ["discover", "--start-directory", here, "--verbose"]
    unittest.main(module=None)
