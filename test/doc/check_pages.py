# SPDX-License-Identifier: BSL-1.0
"""check_pages.py [--update]

Compares the C++ code in the pages, and in the documentation of the headers, with the programs that the tests compile;
and looks for links that lead nowhere.

A block of C++ stands below a line `<!-- snippet FILE NAME -->` and is the region of doc/guide/snippets/FILE between
`// [NAME` and `// NAME]`, less its indentation. In a header, such a block is between `@code` and `@endcode`. With
--update, pages and headers are made to agree.
"""
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
SNIPPETS = ROOT / "doc" / "guide" / "snippets"
BLOCK = re.compile(r"(?P<head>(?:^<!-- snippet (?P<file>\S+) (?P<name>\S+) -->\n)?)^(?P<open>(?P<margin>)```cpp\n)"
                   r"(?P<code>.*?)^(?P<close>```)$", re.MULTILINE | re.DOTALL)
HEADER_BLOCK = re.compile(r"(?P<head>(?:^ *\* <!-- snippet (?P<file>\S+) (?P<name>\S+) -->\n)?)"
                          r"^(?P<open>(?P<margin> *\*) @code\n)(?P<code>.*?)^(?P<close> *\* @endcode)$",
                          re.MULTILINE | re.DOTALL)
# Whatever else Doxygen takes for code.
HEADER_CODE = re.compile(r"^ *(?:\*|///).*(?:[@\\](?:code|verbatim|include|snippet)\b|```|~~~)", re.MULTILINE)
REGION = re.compile(r"^ *// \[(?P<name>\w+)\n(?P<code>.*?)^ *// (?P=name)\]$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#([^)\s]*))?\)")


def regions():
    """The code of every region, by file and name."""
    found = {}
    for file in sorted(SNIPPETS.glob("*.cpp")):
        for match in REGION.finditer(file.read_text(encoding="utf-8")):
            found[file.name, match["name"]] = textwrap.dedent(match["code"])
    return found


def anchors(page):
    """What a heading can be linked to by, as the usual viewers make it."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).replace(" ", "-") for h in headings}


def with_margin(code, margin):
    """The code as the lines of a comment."""
    return "".join(f"{margin} {line}".rstrip() + "\n" for line in code.splitlines()) if margin else code


def check_links(page, text):
    """What is wrong with the links of a page."""
    for path, anchor in LINK.findall(re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)):
        target = (page.parent / path) if path else page
        if not target.exists():
            yield f"{page.relative_to(ROOT)}: link to {path}, which does not exist"
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield f"{page.relative_to(ROOT)}: link to {path}#{anchor}, which does not exist"


def main(update):
    code, used, trouble = regions(), set(), []
    pages = [ROOT / "README.md", *sorted((ROOT / "doc").rglob("*.md")), *sorted((ROOT / "example").rglob("*.md"))]
    headers = sorted((ROOT / "include").rglob("*.hpp"))
    for page in [*pages, *headers]:
        name = page.relative_to(ROOT)
        text = page.read_text(encoding="utf-8")
        block = HEADER_BLOCK if page.suffix == ".hpp" else BLOCK

        def check(match):
            key = match["file"], match["name"]
            line = text.count("\n", 0, match.start()) + 1
            if not match["head"]:
                trouble.append(f"{name}:{line}: C++ that no test compiles: a snippet line is missing")
            elif key not in code:
                trouble.append(f"{name}:{line}: there is no region {key[1]} in {key[0]}")
            else:
                used.add(key)
                expected = with_margin(code[key], match["margin"])
                if match["code"] != expected:
                    if update:
                        return match["head"] + match["open"] + expected + match["close"]
                    trouble.append(f"{name}:{line}: differs from {key[1]} in {key[0]}")
            return match[0]

        new = block.sub(check, text)
        if new != text:
            page.write_text(new, encoding="utf-8")
        if page.suffix == ".md":
            trouble += check_links(page, text)
        elif HEADER_CODE.search(HEADER_BLOCK.sub("", text)):
            trouble.append(f"{name}: shows code in another way than @code and @endcode on lines of their own")
    trouble += [f"region {region} of {file} stands in no page" for file, region in sorted(set(code) - used)]
    if not used:
        trouble.append("no page shows any code")
    print("\n".join(trouble) or f"{len(used)} pieces of code in {len(pages)} pages and {len(headers)} headers agree")
    return 1 if trouble else 0


if __name__ == "__main__":
    if sys.argv[1:] not in ([], ["--update"]):
        sys.exit(__doc__)
    sys.exit(main(len(sys.argv) > 1))
