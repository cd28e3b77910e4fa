# SPDX-License-Identifier: BSL-1.0
"""What SOURCE and DESTINATION mean: rsync's rules."""
import os
import shutil

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

    def in_the_way(self):
        """What can stand where a directory is to appear."""
        for kind in ("link", "file"):
            self.write("outside/extra")
            self.write("dst/other")
            shutil.rmtree(self.path("dst"))
            os.mkdir(self.path("dst"))
            if kind == "link":
                os.symlink("../outside", self.path("dst/src"))
            else:
                self.write("dst/src", b"in the way")
            with self.subTest(kind=kind):
                yield
                self.assertEqual(os.listdir(self.path("outside")), ["extra"])

    def test_file_at_the_place_of_the_copy_is_replaced(self):
        for _ in self.in_the_way():
            self.arsync("--delete", "src", "dst", expect=SUCCESS)
            self.check("dst/src")

    def test_what_is_in_the_way_is_left_alone(self):
        for _ in self.in_the_way():
            before = self.listing("dst")
            for options in (["--existing"], ["--ignore-existing"], ["-n"], ["-nb"], ["--existing", "-b"]):
                text = self.arsync("-v", "--delete", *options, "src", "dst", expect=SUCCESS).out
                self.assertEqual(before, self.listing("dst"), options)
                self.assertNotIn(b"deleting", text)
                self.assertEqual(b"src/file\n" in text, "-n" in options[0], text)

    def test_what_is_in_the_way_is_backed_up(self):
        for _ in self.in_the_way():
            before = self.listing("dst")["src"]
            self.arsync("-b", "src", "dst", expect=SUCCESS)
            self.check("dst/src")
            self.assertEqual(before, self.listing("dst")["src~"])

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
        self.assertEqual({**self.listing("other"), **self.listing("src")}, self.listing("dst"))

    def test_dry_run(self):
        text = self.arsync("-nv", "src", "file", "dst", expect=SUCCESS).out
        self.assertIn(b"\nsrc/file", b"\n" + text)
        self.assertIn(b"\nfile\n", text)
        self.assertFalse(os.path.exists(self.path("dst")))

    def test_one_is_missing(self):
        result = self.arsync("-q", "src", "nowhere", "file", "dst", expect=PARTIAL)
        self.assertIn(b"nowhere: stat: No such file", result.err)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["file", "src"])

    def test_the_same_entry_comes_from_the_first(self):
        """As with rsync, whose directory stays one whatever the order."""
        for root, mode in (("one", 0o700), ("two", 0o755)):
            self.write(f"{root}/file", root.encode())
            self.write(f"{root}/sub/{root}", root.encode())
            os.chmod(self.path(root, "sub"), mode)
        self.write("one/kind")
        self.write("two/kind/in", b"it")
        self.write("one/dir/in", b"it")
        self.write("two/dir")
        os.symlink("sub", self.path("one/way"))
        os.symlink("sub", self.path("two/way"))
        self.arsync("-q", "one/", "two/", "dst", expect=SUCCESS)
        self.assertEqual(self.read("dst/file"), b"one")
        self.assertEqual(sorted(os.listdir(self.path("dst/sub"))), ["one", "two"])
        self.assertEqual(os.stat(self.path("dst/sub")).st_mode & 0o777, 0o700)
        self.assertEqual((self.read("dst/kind/in"), self.read("dst/dir/in")), (b"it", b"it"))
        self.assertEqual(os.readlink(self.path("dst/way")), "sub")
        self.arsync("-q", "two/file", "one/file", "dst2", expect=SUCCESS)
        self.assertEqual(self.read("dst2/file"), b"two")
        self.arsync("-q", "one/file", "two/", "dst3", expect=SUCCESS)
        self.assertEqual(self.read("dst3/file"), b"one")

    def test_what_the_first_is_not_to_copy_comes_from_the_second(self):
        self.write("one/sub/file", b"one")
        self.write("two/sub/file", b"two")
        self.arsync("-q", "--exclude=one/sub/file", "one", "two", "dst", expect=SUCCESS)
        self.arsync("-q", "--exclude=/sub/file", "one/", "two/sub", "dst", expect=SUCCESS)
        self.assertFalse(os.path.exists(self.path("dst/one/sub/file")))
        self.assertEqual(os.listdir(self.path("dst/sub")), [])

    def test_a_link_at_the_place_of_several_is_replaced(self):
        self.write("one/sub/a")
        self.write("two/sub/b")
        os.makedirs(self.path("outside"))
        os.makedirs(self.path("dst"))
        os.symlink("../outside", self.path("dst/sub"))
        self.arsync("-q", "one/sub", "two/sub", "dst", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst/sub"))), ["a", "b"])
        self.assertEqual(os.listdir(self.path("outside")), [])

    def test_deleting_spares_what_another_source_has(self):
        self.write("one/a")
        self.write("one/sub/a")
        self.write("two/b")
        self.write("two/sub/b")
        self.write("dst/sub/extra")
        for destination, sources in (("dst", ["one/", "two/"]), ("dst", ["two/", "one/"]),
                                     ("dst2", ["one/", "two/b", "two/sub"]), ("dst3", ["file", "one/", "two/"])):
            for _ in range(2):
                text = self.arsync("-av", "--delete", *sources, destination, expect=SUCCESS).out
            self.assertNotIn(b"deleting", text)
            self.assertNotIn(b"/a", text)  # which is up to date
            self.assertEqual(sorted(os.listdir(self.path(destination, "sub"))), ["a", "b"])
            expected = ["a", "b", "sub"] + (["file"] if "file" in sources else [])
            self.assertEqual(sorted(os.listdir(self.path(destination))), sorted(expected))
        self.arsync("-a", "--delete", "one/sub", "two/sub", "dst3", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst3/sub"))), ["a", "b"])
        self.write("dst3/sub/extra/extra")
        text = self.arsync("-anv", "--delete", "one/sub", "two/sub", "dst3", expect=SUCCESS).out
        self.assertIn(b"deleting sub/extra/", text)
        self.arsync("-a", "--delete", "one/sub", "two/sub", "dst3", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst3/sub"))), ["a", "b"])

    def test_deleting_removes_what_the_other_source_is_not_to_copy(self):
        self.write("one/a")
        self.write("two/b")
        self.write("dst/b")
        self.arsync("-a", "--delete", "--exclude=b", "one/", "two/", "dst", expect=SUCCESS)
        self.assertEqual(sorted(os.listdir(self.path("dst"))), ["a", "b"])
        self.arsync("-a", "--delete-excluded", "--exclude=b", "one/", "two/", "dst", expect=SUCCESS)
        self.assertEqual(os.listdir(self.path("dst")), ["a"])

    def test_nothing_is_deleted_if_one_is_missing(self):
        self.write("dst/extra")
        for sources in (["nowhere/", "src/"], ["src/", "nowhere"]):
            result = self.arsync("-a", "--delete", *sources, "dst", expect=PARTIAL)
            self.assertIn(b"IO error encountered -- skipping file deletion", result.err)
            self.assertEqual(self.read("dst/extra"), b"content\n")
            self.assertEqual(self.read("dst/file"), b"one\n")
        self.assertNotIn(b"deletion", self.arsync("-a", "nowhere/", "src/", "dst", expect=PARTIAL).err)

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
