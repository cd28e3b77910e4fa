#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""Copies a hostile tree with cp -a, rsync -aHAXS, tar and arsync, and tells what each of them loses.

Writes doc/fidelity.md, or with --check nothing: it fails then unless arsync loses nothing and another one something.
Exit status: 0, 1 failed, 77 cannot run here, with the reason on stdout.
"""
import argparse
import contextlib
import os
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "..", "test", "tools")]
sys.dont_write_bytecode = True
import mounts  # noqa: E402
from driver import fidelity, fidelity_page, machine  # noqa: E402
from driver.file_systems import ALL, FileSystems  # noqa: E402


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("arsync", help="the program")
    parser.add_argument("--check", action="store_true", help="write nothing, and fail unless arsync loses nothing")
    parser.add_argument("--file-systems", default=",".join(ALL), metavar="KIND,...", help=f"of {', '.join(ALL)}")
    parser.add_argument("--output", default=os.path.join(HERE, "..", "doc", "fidelity.md"), metavar="PAGE")
    return parser.parse_args()


def compare_all(chosen):
    results = {}
    with tempfile.TemporaryDirectory(prefix="asio-fs-fidelity-", ignore_cleanup_errors=True) as scratch:
        with contextlib.closing(FileSystems(scratch)) as file_systems:
            for kind in file_systems.kinds(chosen.file_systems.split(",")):
                with file_systems.new(kind, 3072) as place:
                    results[kind] = fidelity.compare(os.path.abspath(chosen.arsync), place, 300, print)
    return results


def check(results):
    trouble = [f"{kind}: arsync: status {o['arsync'].status}, {o['arsync'].losses}, {o['arsync'].depth} levels"
               for kind, o in results.items() if not o["arsync"].perfect]
    if all(o.perfect for outcomes in results.values() for name, o in outcomes.items() if name != "arsync"):
        trouble.append("no program loses anything: is the tree hostile?")
    print("\n".join(trouble) or "passed")
    return 1 if trouble else 0


def main():
    chosen = arguments()
    try:
        mounts.enter_private_namespace()
        results = compare_all(chosen)
    except mounts.CannotMount as reason:
        print("skipped:", reason)
        return mounts.SKIPPED
    if chosen.check:
        return check(results)
    facts = machine.facts(chosen.arsync)
    versions = [f"Linux {facts['kernel']}", facts["arsync"], *(facts["peers"][name] for name in ("cp", "rsync", "tar"))]
    with open(chosen.output, "w", encoding="utf-8") as f:
        f.write(fidelity_page.page(results, versions))
    return 0


if __name__ == "__main__":
    sys.exit(main())
