#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""report.py RESULT.json [PAGE.md]

Writes doc/performance.md, or the page that is named, from what perf/run.sh measured.
"""
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
from driver.page import page  # noqa: E402

if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    with open(sys.argv[1], encoding="utf-8") as f:
        text = page(json.load(f))
    with open(sys.argv[2] if len(sys.argv) == 3 else os.path.join(HERE, "..", "doc", "performance.md"), "w",
              encoding="utf-8") as f:
        f.write(text)
