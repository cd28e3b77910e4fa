#!/usr/bin/env python3
# SPDX-License-Identifier: BSL-1.0
"""members.py PROJECT: every operation of the table has a public, documented member in each of the three forms.

A member is what stands between two empty lines of a public header and begins with a docstring. It belongs to an
operation when it names the operation's struct, or what stands for it below. Each operation's own header says in one line
what it is, by the same manual page as the table.

Whatever arguments the throwing form may be called with, the other two take as well, with an error_code or a token behind:
where it has default arguments, they have shorter overloads.
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
# What waits for others of the same program has no form that blocks.
NEVER_THROWING = {"async_acquire"}
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


def parameters(text):
    """The name of a function, the types of its parameters, and how many have no default argument."""
    code = re.sub(r"^\s*(///|/\*\*|\*).*$", "", text, flags=re.M)
    head = re.search(r"(\w+)\((?=[^()]*(?:\(\)[^()]*)*\)\s*(?:const\s*)?(?:noexcept\s*)?[:{;])", code)
    if not head:
        return None
    types, depth, begin, required = [], 0, head.end(), 0
    for at in range(head.end(), len(code)):
        if code[at] in "<({":
            depth += 1
        elif depth == 0 and code[at] in ",)":
            one, _, default = code[begin:at].partition("=")
            # A type is all but the last word, which is the parameter's name.
            types += [" ".join(one.split()[:-1])] if one.strip() else []
            required += 1 if one.strip() and not default else 0
            begin = at + 1
            if code[at] == ")":
                return head[1], types, required
        elif code[at] in ">)}":
            depth -= 1
    return None


def asymmetries(header, members):
    """Calls that only the throwing form accepts."""
    functions = [found for found in map(parameters, members) if found]
    exact = {(name, *types) for name, types, _ in functions}
    # The place that free functions run at comes before the arguments.
    exact |= {(name, *types[1:]) for name, types, _ in functions if types[:1] == ["Place&&"]}
    asynchronous = {name for name, _, _ in functions if name.startswith("async_")}
    throwing = [one for one in functions if f"async_{one[0]}" in asynchronous and one[1][-1:] != ["error_code&"]]
    for name in sorted(asynchronous - {f"async_{one[0]}" for one in throwing} - NEVER_THROWING):
        yield f"{header}: no throwing form of {name}()"
    for name, types, required in throwing:
        for count in range(required, len(types) + 1):
            short = types[:count]
            for form, needed in (("error_code", (name, *short, "error_code&")),
                                 ("asynchronous", (f"async_{name}", *short, "Token&&"))):
                if needed not in exact:
                    yield f"{header}: no {form} form of {name}({', '.join(short)})"


def main(project):
    include = project / "include" / "asio_fs"
    members, uneven = [], []
    for header in sorted(include.glob("*.hpp")):
        before = len(members)
        for text in re.split(r"\n\s*\n", header.read_text()):
            if re.match(r"\s*///", text) and not re.match(r"\s*///.*\n(.*\n)*?(template.*\n)?class ", text):
                members.append(text)
        uneven += asymmetries(header.name, members[before:])

    table = re.findall(r"^\| `(\w+)` \|.*\| (\S+) \|$", (project / "doc" / "operations.md").read_text(), flags=re.M)
    problems = uneven if table else ["doc/operations.md names no operation"]
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
