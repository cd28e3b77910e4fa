# SPDX-License-Identifier: BSL-1.0
"""What SOURCE and DESTINATION mean: rsync's rules."""
import os

from support import ArsyncTest, FILE_IO, PARTIAL, SUCCESS, USAGE


class Slashes(ArsyncTest):
    def setUp(self):
        super().setUp()
        self.tree("src")

    def check(self, root):
        self.assertEqual(self.listing("src"), self.listing(root))

    def test_slash_copies_the_content(self):
        self.arsync("src/", "dst", expect=SUCCESS)
        self.check("dst")

    def test_slash_merges_into_an_existing_directory(self):
        self.write("dst/other")
        self.arsync("src/", "dst/", expect=SUCCESS)
        self.assertEqual(self.read("dst/other"), b"content\n")
        self.assertEqual(self.read("dst/file"), b"one\n")

    def test_no_slash_copies_the_directory(self):
        os.mkdir(self.path("dst"))
        self.arsync("src", "dst", expect=SUCCESS)
        self.check("dst/src")

    def test_no_slash_makes_the_destination(self):
        self.arsync("src", "dst", expect=SUCCESS)
        self.check("dst/src")

    def test_dot_is_a_content(self):
        self.arsync("src/.", "dst", expect=SUCCESS)
        self.check("dst")

    def test_dotdot_is_a_content(self):
        self.arsync("src/sub/..", "dst", expect=SUCCESS)
        self.check("dst")

    def test_many_slashes(self):
        self.arsync("src///", "dst///", expect=SUCCESS)
        self.check("dst")

    def test_absolute(self):
        self.arsync(self.path("src"), self.path("dst"), expect=SUCCESS)
        self.check("dst/src")

    def test_destination_is_a_link_to_a_directory(self):
        os.mkdir(self.path("real"))
        os.symlink("real", self.path("dst"))
        self.arsync("src/", "dst", expect=SUCCESS)
        self.check("real")
        self.assertTrue(os.path.islink(self.path("dst")))

    def test_link_at_the_place_of_the_copy_is_replaced(self):
        os.makedirs(self.path("dst"))
        os.makedirs(self.path("outside"))
        os.symlink("../outside", self.path("dst/src"))
        self.arsync("-n", "src", "dst", expect=SUCCESS)
        self.assertTrue(os.path.islink(self.path("dst/src")))
        self.arsync("src", "dst", expect=SUCCESS)
        self.assertFalse(os.path.islink(self.path("dst/src")))
        self.check("dst/src")
        self.assertEqual(os.listdir(self.path("outside")), [])

    def test_source_link_without_slash_is_copied_as_link(self):
        os.symlink("src", self.path("link"))
        os.mkdir(self.path("dst"))
        self.arsync("link", "dst", expect=SUCCESS)
        self.assertEqual(os.readlink(self.path("dst/link")), "src")

    def test_source_link_with_slash_is_followed(self):
        os.symlink("src", self.path("link"))
        self.arsync("link/", "dst", expect=SUCCESS)
        self.check("dst")

    def test_missing_parent_of_the_destination(self):
        result = self.arsync("src/", "no/such/dst", expect=FILE_IO)
        self.assertIn(b"No such file or directory", result.err)
        self.assertFalse(os.path.exists(self.path("no")))

    def test_options_may_follow_and_end(self):
        os.rename(self.path("src"), self.path("-n"))
        self.arsync("--quiet", "--", "-n", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/-n/file"), b"one\n")


class SingleFile(ArsyncTest):
    def setUp(self):
        super().setUp()
        self.write("file", b"data", 0o640)

    def test_to_a_new_name(self):
        self.arsync("file", "copy", expect=SUCCESS)
        self.assertEqual(self.read("copy"), b"data")
        self.assertEqual(os.stat(self.path("copy")).st_mode, os.stat(self.path("file")).st_mode)

    def test_over_a_file(self):
        self.write("copy", b"a longer content that must go")
        self.arsync("file", "copy", expect=SUCCESS)
        self.assertEqual(self.read("copy"), b"data")

    def test_into_a_directory(self):
        os.mkdir(self.path("dst"))
        self.arsync("file", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/file"), b"data")

    def test_slash_makes_the_directory(self):
        self.arsync("file", "dst/", expect=SUCCESS)
        self.assertEqual(self.read("dst/file"), b"data")

    def test_slash_after_a_file(self):
        result = self.arsync("file/", "dst", expect=PARTIAL)
        self.assertIn(b"Not a directory", result.err)

    def test_fifo(self):
        os.mkfifo(self.path("fifo"))
        self.arsync("fifo", "copy", expect=SUCCESS)
        self.assertEqual(os.lstat(self.path("copy")).st_mode, os.lstat(self.path("fifo")).st_mode)


class Several(ArsyncTest):
    """More than one source."""

    def setUp(self):
        super().setUp()
        self.tree("src")
        self.tree("other")
        self.write("file", b"alone")

    def test_into_a_new_directory(self):
        self.arsync("-q", "src", "other", "file", "dst", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["file", "other", "src"])
        self.assertEqual(self.listing("src"), self.listing("dst/src"))
        self.assertEqual(self.listing("other"), self.listing("dst/other"))

    def test_contents_are_merged(self):
        self.write("other/more")
        self.arsync("-q", "src/", "other/", "dst", expect=SUCCESS)
        self.assertEqual(self.listing("other"), self.listing("dst"))

    def test_dry_run(self):
        text = self.arsync("-nv", "src", "file", "dst", expect=SUCCESS).out
        self.assertIn(b"\nsrc/file", b"\n" + text)
        self.assertIn(b"\nfile\n", text)
        self.assertFalse(os.path.exists(self.path("dst")))

    def test_one_is_missing(self):
        result = self.arsync("-q", "src", "nowhere", "file", "dst", expect=PARTIAL)
        self.assertIn(b"nowhere: stat: No such file", result.err)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["file", "src"])

    def test_into_a_file(self):
        before = self.listing(".")
        self.arsync("src/file", "src/sub/hard", "file", expect=USAGE)
        self.assertEqual(before, self.listing("."))


class Refused(ArsyncTest):
    """Nothing may be changed by what makes no sense."""

    def setUp(self):
        super().setUp()
        self.tree("src")
        self.before = self.listing(".")

    def refuse(self, *args):
        result = self.arsync(*args, expect=USAGE)
        self.assertEqual(self.before, self.listing("."))
        return result

    def test_destination_inside_source(self):
        self.assertIn(b"inside the source", self.refuse("src", "src/sub").err)
        self.refuse("src/", "src/sub/new")
        self.refuse("src", "src/new/newer")
        self.refuse("src/", "src/sub/../new")

    def test_destination_inside_source_by_a_link(self):
        os.symlink("src/sub", self.path("way"))
        self.before = self.listing(".")
        self.refuse("src/", "way")
        self.refuse("src", "way/new")

    def test_same(self):
        self.assertIn(b"are the same", self.refuse("src/", "src").err)
        self.refuse("src", ".")
        self.refuse("src/file", "src/file")
        self.refuse("src/file", "src")
        self.refuse("src/file", "src/sub/hard")

    def test_directory_over_file(self):
        self.assertIn(b"not a directory", self.refuse("src", "src/file").err)
        self.refuse("src/", "src/file")

    def test_options(self):
        self.refuse()
        self.refuse("src")
        self.refuse("", "a")
        self.refuse("src", "")
        self.refuse("--no-such-option", "src", "a")
        self.refuse("--dry", "src", "a")
        self.refuse("--cpu-count", "0", "src", "a")
        self.refuse("--cpu-count", "many", "src", "a")
        self.refuse("--cpu-count=99999999999", "src", "a")
        self.refuse("--dry-run=yes", "src", "a")

    def test_missing_source(self):
        for source in ("nowhere", "nowhere/", "src/file/x"):
            result = self.arsync(source, "dst", expect=PARTIAL)
            self.assertIn(source.encode(), result.err)
            self.assertEqual(self.before, self.listing("."))
