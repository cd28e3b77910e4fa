# SPDX-License-Identifier: BSL-1.0
"""reference.py DOXYFILE DIRECTORY

Makes the reference in DIRECTORY. Doxygen's warnings are errors; then its XML output is searched for what has no
documentation and Doxygen does not mind: the values of enumerations, and everything in an entity that it passes over.
"""
import pathlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

# The least that must be found, so that an empty reference is not a perfect one.
EXPECTED = {"asio_fs::basic_extended_file", "asio_fs::basic_extended_dir", "asio_fs::copy_options",
            "asio_fs::basic_inode_object", "asio_fs::file_status", "asio_fs::dir_batch::iterator",
            "asio_fs::op::op_info"}


def documented(node):
    return any("".join(text.itertext()).strip()
               for name in ("briefdescription", "detaileddescription") for text in node.findall(name))


def is_special(compound, member):
    """Special member functions whose meaning goes without saying."""
    name, arguments = member.findtext("name"), member.findtext("argsstring") or ""
    return (name.startswith("~") or arguments.endswith("=delete")
            or (name == compound.rpartition("::")[2] and arguments.startswith("()")))


def undocumented(compound):
    """What is public in a class or namespace and has no documentation."""
    name = compound.findtext("compoundname")
    if not documented(compound):
        yield name
    for member in compound.iter("memberdef"):
        if member.get("prot") != "public":
            continue
        here = f"{name}::{member.findtext('name')}"
        if not documented(member) and not is_special(name, member):
            yield here + (member.findtext("argsstring") or "")
        for value in member.findall("enumvalue"):
            if not documented(value):
                yield f"{here}::{value.findtext('name')}"


def main(doxyfile, directory):
    if not shutil.which("doxygen"):
        print("skipped: doxygen is not installed")
        return 77
    # What was removed from the headers must not be found in old files.
    shutil.rmtree(directory / "xml", ignore_errors=True)
    if subprocess.run(["doxygen", doxyfile], check=False).returncode != 0:
        return 1
    seen, trouble = set(), []
    for file in sorted((directory / "xml").glob("*.xml")):
        for compound in ElementTree.parse(file).getroot().iter("compounddef"):
            if compound.get("kind") in ("class", "struct", "namespace") and compound.get("prot") != "private":
                seen.add(compound.findtext("compoundname"))
                trouble += undocumented(compound)
    for name in trouble:
        print(f"no documentation: {name}")
    for name in sorted(EXPECTED - seen):
        print(f"not in the reference: {name}")
    return 1 if trouble or not EXPECTED <= seen else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
