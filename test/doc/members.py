#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""members.py PROJECT: every operation of the table has a public, documented member in each of the three forms.

A member is what stands between two empty lines of a public header and begins with a docstring. It belongs to an
operation when it names the operation's struct, or what stands for it below. Each operation's own header says in one line
what it is, by the same manual page as the table.
"""
import pathlib
import re
import sys

# Operations that their members reach by another way.
BY_ANOTHER_WAY = {
    "close": r"base::close\(|initiate_close\{",
    "splice_to": r"async_splice\(",
    "poll": r"splice_and_wait\(|async_splice\(",
}
FORMS = {
    "throwing": lambda text: "async_" not in signature(text) and "error_code& ec" not in signature(text),
    "error_code": lambda text: "async_" not in signature(text) and "error_code& ec" in signature(text),
    "asynchronous": lambda text: "async_" in signature(text),
}


def signature(text):
    """The member without docstring, template head and body."""
    code = re.sub(r"^\s*(///|/\*\*|\*).*$", "", text, flags=re.M)
    code = re.sub(r"BOOST_ASIO_COMPLETION_TOKEN_FOR\(void\(.*?\)\)", "", code)
    return re.split(r"\n    \{|\) \{", code)[0]


def main(project):
    include = project / "include" / "asio_fs"
    members = []
    for header in sorted(include.glob("*.hpp")):
        for text in re.split(r"\n\s*\n", header.read_text()):
            if re.match(r"\s*///", text) and not re.match(r"\s*///.*\n(.*\n)*?(template.*\n)?class ", text):
                members.append(text)

    table = re.findall(r"^\| `(\w+)` \|.*\| (\S+) \|$", (project / "doc" / "operations.md").read_text(), flags=re.M)
    problems = [] if table else ["doc/operations.md names no operation"]
    for name, page in table:
        way = rf"op::{name}[{{(]"
        if name in BY_ANOTHER_WAY:
            way += "|" + BY_ANOTHER_WAY[name]
        of_this = [text for text in members if re.search(way, text)]
        for form, fits in FORMS.items():
            if not any(fits(text) for text in of_this):
                problems.append(f"{name}: no documented {form} member names op::{name}")
        header = include / "op" / f"{name}.hpp"
        if not header.exists():
            problems.append(f"{name}: there is no {header.relative_to(project)}")
        elif not re.search(rf"^struct {name} // .*: {re.escape(page)}(,|$)", header.read_text(), flags=re.M):
            problems.append(f"{name}: op/{name}.hpp does not describe it as `struct {name} // ...: {page}`")
    print("\n".join(problems) or f"{len(table)} operations, {len(members)} documented entities")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
