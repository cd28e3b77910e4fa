# SPDX-License-Identifier: BSL-1.0
"""The table of what is lost: counting, depth, and the page."""
import os
import subprocess
import tempfile
import unittest

from driver import fidelity, fidelity_page


class Fidelity(unittest.TestCase):
    def test_classes_become_rows(self):
        report = ("content   a/b  first difference at byte 3\nsize      c  1 != 2\nacl       d e  ACL missing\n"
                  "missing   deep/x  directory\nmissing   s  socket\nmissing   f  fifo\nmissing   g  file\n")
        self.assertEqual(fidelity.classify(report),
                         {"wrong content or size": 2, "access control lists": 1, "sockets missing": 1,
                          "directories missing, with all beneath them": 1, "other entries missing": 2})
        self.assertEqual(fidelity.classify(""), {})

    def test_an_unknown_class_is_no_success(self):
        with self.assertRaises(KeyError):
            fidelity.classify("novelty   path  text\n")

    def test_depth(self):
        with tempfile.TemporaryDirectory() as scratch:
            top = os.path.join(scratch, "deep")
            self.assertEqual(fidelity.depth_of(top), 0)
            fidelity.make_deep(top, levels=2000)
            self.assertEqual(fidelity.depth_of(top), 2000)
            subprocess.run(["rm", "-rf", top], check=True)
            fidelity.make_deep(top, levels=5)
            os.unlink(os.path.join(top, *["dd"] * 5, "bottom"))
            self.assertEqual(fidelity.depth_of(top), 4)

    def test_page(self):
        good = fidelity.Outcome({}, 0, fidelity.DEPTH)
        bad = fidelity.Outcome({"wrong mode": 3}, 1, 7)
        text = fidelity_page.page({"ext4": {"cp -a": bad, "arsync": good}}, ["cp 1"])
        self.assertIn("| lost | `cp -a` | `arsync` |", text)
        self.assertIn("| wrong mode | 3 |  |", text)
        self.assertIn("| ended with status | 1 |  |", text)
        self.assertIn("| levels of 2,600 that arrived | 7 |  |", text)
        self.assertNotIn("wrong owner", text)
        self.assertTrue(good.perfect)
        self.assertFalse(bad.perfect)


if __name__ == "__main__":
    unittest.main()
