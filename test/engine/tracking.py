#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""tracking.py PROBE: Asio's handler tracking shows each operation by its name, under the handler that started it,
and says of each how it ended."""

import re
import subprocess
import sys


def main(probe):
    done = subprocess.run([probe], stderr=subprocess.PIPE, text=True, timeout=60, check=True)
    parents, names, ended = {}, {}, {}
    for line in done.stderr.splitlines():
        _, _, action, what = line.split("|", 3)
        if created := re.fullmatch(r"(\d+)\*(\d+)", action):
            parents[created[2]] = created[1]
            names[created[2]] = what
        elif action[0] in ">~":
            ended.setdefault(action[1:], (action[0], what))

    ours = {name.rpartition(".")[2]: number for number, name in names.items() if name.startswith("asio_fs@")}
    expected = ["statx", "statfs", "read_at", "fsync", "fdatasync", "openat", "acquire", "remove_tree"]
    assert sorted(ours) == sorted(expected), f"operations seen: {sorted(ours)}"

    def started_by(number):
        """The operations of ours, from the outside in, whose handlers led to this one."""
        chain = []
        while (number := parents.get(number, "0")) != "0":
            if number in ours.values():
                chain.append(names[number].rpartition(".")[2])
        return chain

    assert started_by(ours["statfs"]) == ["statx"], started_by(ours["statfs"])
    assert started_by(ours["read_at"]) == ["statfs", "statx"], started_by(ours["read_at"])
    assert started_by(ours["remove_tree"]) == ["acquire"], started_by(ours["remove_tree"])
    assert ended[ours["remove_tree"]] == (">", "ec=system:2"), ended[ours["remove_tree"]]
    assert ended[ours["fsync"]] == (">", "ec=system:9"), ended[ours["fsync"]]
    for name in ("statx", "statfs", "read_at", "openat", "acquire"):
        assert ended[ours[name]] == (">", "ec=system:0"), (name, ended.get(ours[name]))
    assert ours["fdatasync"] not in ended, "an operation dropped with its context was called"


if __name__ == "__main__":
    main(*sys.argv[1:])
