# SPDX-License-Identifier: BSL-1.0
"""What --exclude, --include, --files-from and --delete choose: what rsync chooses."""
import os
import random
import shutil
import subprocess

from support import ArsyncTest, PARTIAL, SUCCESS, USAGE

NAMES = ["a", "b", "ab", "foo", "foo.o", "b.c", "x[1]", "*", "a*", "\\a", "-", "A", "ba", ".h", "\u00e9"]
ATOMS = ["a", "b", "ab", "foo", ".o", "*", "**", "***", "?", "/", "/", "[ab]", "[!a]", "[^b-z]", "[]x]", "[[:alpha:]]",
         "\\*", "\\a", "x[1]", ".", "[a", "[", "\u00e9", "A", "[[:lower:]b]", "[a-", "\\", "/**/", "/*/", "**/"]

# Rules that are easily got wrong, each with its lists of options.
TABLE = [
    ["--exclude=*"], ["--exclude=/*"], ["--exclude=/*/"], ["--exclude=*/"], ["--exclude=*/*"], ["--exclude=**"],
    ["--exclude=***"], ["--exclude=/a"], ["--exclude=a/"], ["--exclude=a/***"], ["--exclude=a/**"], ["--exclude=a/*"],
    ["--exclude=a***"], ["--exclude=/a/b"], ["--exclude=a/b"], ["--exclude=**/a"], ["--exclude=/**/a"],
    ["--exclude=**a"], ["--exclude=/**a"], ["--exclude=a**b"], ["--exclude=**/"], ["--exclude=/"], ["--exclude=a//"],
    ["--include=*/", "--exclude=*"], ["--include=a", "--exclude=*"], ["--exclude=*", "--include=a"],
    ["--include=/a/", "--include=/a/***", "--exclude=*"], ["--include=*.o", "--include=*/", "--exclude=*"],
    ["--exclude=+ a", "--exclude=*"], ["--include=- a"], ["--exclude=*", "--exclude=!", "--exclude=a"],
    ["--exclude=x[1]"], ["--exclude=x\\[1]"], ["--exclude=\\a"], ["--exclude=\\*"], ["--exclude=\\*", "--exclude=?\\a"],
    ["--exclude=[!a-z]*"], ["--exclude=[a-]*"], ["--exclude=[]"], ["--exclude=foo."], ["--exclude=o/foo.o"],
    ["--exclude=[[:upper:]]"], ["--exclude=?"], ["--exclude=??"], ["--exclude=.*"], ["--exclude=/./a"],
]


class RsyncTest(ArsyncTest):
    """Compares with rsync."""

    def setUp(self):
        super().setUp()
        if shutil.which("rsync") is None:
            self.skipTest("rsync is not installed")

    def make_equal_times(self):
        for directory, names, files in os.walk(self.dir):
            for name in names + files:
                os.utime(os.path.join(directory, name), ns=(10**18, 10**18))

    def lines(self, program, *args):
        done = subprocess.run([*program, "-n", "-i", *args], cwd=self.dir, capture_output=True,
                              env=dict(os.environ, LC_ALL="C.UTF-8"), check=False)
        self.assertEqual(done.returncode, 0, (args, done.stderr))
        return sorted(line for line in done.stdout.splitlines() if not line.startswith(b"created directory"))

    def compare(self, *args):
        with self.subTest(args=args):
            self.assertEqual(self.lines([os.environ["ARSYNC"]], *args), self.lines(["rsync"], *args))


class Filters(RsyncTest):
    def setUp(self):
        super().setUp()
        self.random = random.Random(4)

    def make(self, root, depth=0):
        os.makedirs(self.path(root), exist_ok=True)
        for name in NAMES[:6] if depth == 0 else self.random.sample(NAMES, self.random.randint(2, 6)):
            path = root + "/" + name
            if depth < 3 and self.random.random() < 0.4:
                self.make(path, depth + 1)
            else:
                self.write(path, b"")

    def test_table(self):
        self.make("src")
        for rules in TABLE:
            self.compare("-a", *rules, "src/", "dst")
        for rules in TABLE[::3]:
            self.compare("-a", *rules, "src", "dst")

    def test_random_rules(self):
        self.make("src")
        for _ in range(100):
            rules = []
            for _ in range(self.random.randint(1, 3)):
                pattern = "".join(self.random.choices(ATOMS, k=self.random.randint(1, 4)))
                pattern = self.random.choice(["", "", "/"]) + pattern + self.random.choice(["", "", "/"])
                rules.append(self.random.choice(["--exclude=", "--exclude=", "--include="]) + pattern)
            self.compare("-a", *rules, "src/", "dst")

    def test_removing(self):
        self.make("src")
        self.make("dst")
        self.make_equal_times()
        # Not those that protect entries of directories that go: a dry run of rsync does not see that these stay.
        for rules in (["--exclude=*"], ["--exclude=*/"], ["--exclude=***"], ["--exclude=a/***"], ["--exclude=/**a"],
                      ["--exclude=/"], ["--include=a", "--exclude=*"], ["--exclude=foo."], ["--exclude=/a"], []):
            self.compare("-a", "--delete", *rules, "src/", "dst")
        for rules in (["--exclude=*.o"], ["--exclude=/a"], ["--exclude=?"]):
            self.compare("-a", "--delete-excluded", *rules, "src/", "dst")

    def test_what_is_removed(self):
        self.write("src/keep")
        self.write("src/excluded")
        self.write("dst/excluded")
        self.write("dst/gone")
        self.write("dst/gone.excluded/file")
        self.arsync("-q", "--delete", "--exclude=*excluded", "src/", "dst", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["excluded", "gone.excluded", "keep"])
        self.arsync("-q", "--delete", "--delete-excluded", "--exclude=*excluded", "src/", "dst", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["keep"])

    def test_a_protected_directory_in_the_way_of_a_file(self):
        """A rule for directories leaves the file of the same name in the copy, and the directory at the destination."""
        for name in ("open", "protected"):
            self.write("src/" + name)
            self.write(f"dst/{name}/precious")
        result = self.arsync("-a", "--delete", "--exclude=protected/", "src/", "dst", expect=PARTIAL)
        self.assertIn(b"arsync: protected: unlinkat: Directory not empty", result.err)
        self.assertEqual(self.read("dst/protected/precious"), b"content\n")
        self.assertEqual(self.read("dst/open"), b"content\n")
        self.arsync("-a", "--delete", "--delete-excluded", "--exclude=protected/", "src/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/protected"), b"content\n")

    def test_rules_in_files(self):
        self.make("src")
        self.write("rules", b"# a comment\n; another\n\n- a\n+ foo\n*o*\n")
        self.compare("-a", "--exclude-from=rules", "src/", "dst")
        self.compare("-a", "--include-from=rules", "--exclude=*", "src/", "dst")
        self.write("zero", b"#c\0- a\0*o*\0")
        self.compare("-a", "-0", "--exclude-from=zero", "src/", "dst")
        self.assertIn(b"cannot read", self.arsync("--exclude-from=no", "src/", "dst", expect=USAGE).err)
        self.assertIn(b"cannot read", self.arsync("--exclude-from=src", "src/", "dst", expect=USAGE).err)

    def test_the_source_itself(self):
        self.write("src/file")
        self.arsync("-q", "--exclude=src", "src", "dst", expect=SUCCESS)
        self.assertFalse(os.path.exists(self.path("dst/src")))
        self.compare("-a", "--exclude=src", "src/", "dst")


class FilesFrom(RsyncTest):
    """Only what a list names."""

    def setUp(self):
        super().setUp()
        for name in ("a/1", "a/b/2", "a/b/c/3", "d/4", "5", "#6", "e/f/7"):
            self.write("tree/" + name)

    def check(self, text, *args):
        self.write("list", text)
        # To rsync the source itself is no part of the copy, unless it is listed.
        os.makedirs(self.path("dst"), exist_ok=True)
        shutil.copystat(self.path("tree"), self.path("dst"))
        self.compare("-a", "--files-from=list", *args, "tree", "dst")

    def test_lists(self):
        for text in (b"a/1\n5\n", b"a\n", b"a/\n", b"/a/b/\n", b"a/b/c\nd/\n\n#6\n", b"./a//b/2\n", b"e/f/7\ne\n", b"./\n",
                     b"a/../5\n", b"5\r\nd\r\n"):
            self.check(text)
            self.check(text, "-r")
        self.check(b"a/1\0d\0", "-0")
        self.check(b"a/1\0d\0", "--from0", "-r")
        self.check(b"a/\nd/\n", "-r", "--exclude=/a/b", "--exclude=4")

    def test_rules_are_not_for_the_way(self):
        for rule in ("b", "a", "/a/", "2", "a/b", "b/2", "c"):
            self.check(b"a/b/2\na/b/c/3\n", "--exclude=" + rule)
            self.check(b"a/b/2\na/b/c/\n", "-r", "--exclude=" + rule)

    def test_behind_a_link(self):
        os.symlink("a", self.path("tree/link"))
        self.write("list", b"5\nlink/b/2\nlink\n")
        result = self.arsync("--files-from=list", "tree", "dst", expect=PARTIAL)
        self.assertIn(b"tree/link/b/2: not copied: tree/link is a symbolic link", result.err)
        self.assertEqual(sorted(self.listing("dst")), ["5", "link"])
        self.write("dst/extra")
        result = self.arsync("-r", "--delete", "--files-from=list", "tree", "dst", expect=PARTIAL)
        self.assertIn(b"skipping file deletion", result.err)

    def test_standard_input(self):
        done = subprocess.run([os.environ["ARSYNC"], "-q", "--files-from=-", "tree", "dst"], cwd=self.dir, input=b"a/1\n",
                              capture_output=True, check=True)
        self.assertEqual(done.stderr, b"")
        self.assertEqual(sorted(self.listing("dst")), ["a", "a/1"])

    def test_missing(self):
        self.write("list", b"5\nno/such\n")
        result = self.arsync("--files-from=list", "tree", "dst", expect=PARTIAL)
        self.assertIn(b"no/such: stat: No such file", result.err)
        self.assertEqual(os.listdir(self.path("dst")), ["5"])

    def test_refused(self):
        for name in (b"../tree/5\n", b"a/./b\n"):
            self.write("list", name)
            self.arsync("--files-from=list", "tree", "dst", expect=USAGE)
        self.arsync("--files-from=list", "tree", "src", "dst", expect=USAGE)
        self.arsync("--files-from=list", "--delete", "tree", "dst", expect=USAGE)
        self.arsync("--files-from=none", "tree", "dst", expect=USAGE)
