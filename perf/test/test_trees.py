# SPDX-License-Identifier: BSL-1.0
"""The trees that are measured on: as they are described, and the same each time."""
import os
import tempfile
import unittest

from driver import trees


class Trees(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def test_equal_files(self):
        trees.equal_files(self.path("t"), 450, 64)
        self.assertEqual(trees.census(self.path("t")), {"directories": 3, "files": 450, "others": 0, "bytes": 450 * 64})

    def test_sizes_are_those_of_a_source_tree(self):
        sizes = sorted(trees.mixed_sizes(80000))
        self.assertAlmostEqual(sum(sizes) / len(sizes), 16384, delta=400)
        self.assertAlmostEqual(sizes[40000], 4900, delta=100)
        self.assertLessEqual(sizes[-1], 4 << 20)

    def test_directories_are_not_deep(self):
        paths = trees.mixed_directories(5000)
        self.assertEqual(len(set(paths)), 5000)
        self.assertEqual(max(path.count("/") for path in paths), 6)

    def test_a_mixed_tree_is_the_same_each_time(self):
        found = []
        for name in ("one", "other"):
            size = trees.mixed_files(self.path(name), 800)
            found.append(trees.census(self.path(name)))
            self.assertEqual(found[-1]["bytes"], size)
        self.assertEqual(found[0], found[1])
        self.assertEqual((found[0]["directories"], found[0]["files"], found[0]["others"]), (49, 800, 2))


if __name__ == "__main__":
    unittest.main()
