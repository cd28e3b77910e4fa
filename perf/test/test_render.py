# SPDX-License-Identifier: BSL-1.0
"""The pages that are made of results."""
import os
import tempfile
import unittest
from unittest import mock

from driver import page, render


def case(key, ours, peer, at_least, **more):
    def column(walls):
        return {"command": "program argument", "samples": [{"wall": w, "cpu": w, "rss": 2048} for w in walls]}
    return {"key": key, "title": f"title of {key}", "ours": "arsync", "work": {"files": 1000, "bytes": 4096000},
            "contestants": {"arsync": column(ours), "cp -a": column(peer)},
            "targets": [{"peer": "cp -a", "what": "wall", "at_least": at_least}], **more}


DATA = {
    "began": "2026-01-02 03:04 UTC", "options": {"rounds": 3, "quick": True, "pinned": True},
    "machine": {"cpu": "Some CPU", "cpus_used": [0, 1], "memory_kb": 16 << 20, "virtual": True, "kernel": "6.1",
                "scheduler_packs": True, "load_at_begin": 0.25, "arsync": "arsync 0.1", "commit": "abc",
                "peers": {"cp": "cp 9.1"}},
    "cases": [case("small.ext4", [1.0, 1.0, 1.0], [2.5, 2.0, 3.0], 2.0), case("usr.ext4", [1.0, 1.0, 1.0],
                                                                              [0.8, 0.8, 0.9], 1.8)],
}


class Render(unittest.TestCase):
    def test_durations_have_a_unit_that_fits(self):
        self.assertEqual([render.duration(s) for s in (12.345, 1.5, 0.0123, 4.2e-7)],
                         ["12.3 s", "1.50 s", "12.3 ms", "0.42 µs"])

    def test_rates(self):
        self.assertEqual(render.rate({"files": 20000}, 0.2), "100 k files/s")
        self.assertEqual(render.rate({"files": 1, "bytes": 1 << 30}, 0.5), "2.15 GB/s")
        self.assertEqual(render.rate({"operations": 1}, 1e-6), "1000 k/s")
        self.assertEqual(render.rate({}, 1), "")

    def test_targets_are_said_to_be_reached_or_missed(self):
        text = render.targets(DATA["cases"])
        self.assertIn("1 of 2 targets are reached.", text)
        against = "| time of `cp -a` |"
        self.assertIn(f"small.ext4 {against} 2.00 × | 2.50 × | 2.00 – 3.00 | 2.00 × | reached |", text)
        self.assertIn(f"usr.ext4 {against} 1.80 × | 0.80 × | 0.80 – 0.90 | 0.80 × | **missed** |", text)

    def test_tables_are_whole(self):
        for text in (render.details(DATA["cases"]), render.targets(DATA["cases"])):
            for block in text.split("\n\n"):
                rows = [line.replace("\\|", "") for line in block.splitlines() if line.startswith("|")]
                self.assertEqual(len({row.count("|") for row in rows}), 1 if rows else 0, block)

    def test_what_is_faster_elsewhere_is_said(self):
        self.assertEqual(render.losses(DATA["cases"]), "- title of usr.ext4: `cp -a` takes 0.80 of our time.")
        self.assertEqual(render.losses(DATA["cases"][:1]), "- Nowhere among the cases above.")

    def test_page(self):
        text = page.page(DATA)
        for part in ("1 of 2 targets", "### Missed\n\n", "\n- title of usr.ext4, time of `cp -a`: 0.80 × instead of 1.80 ×",
                     "3 rounds (large files: 7), smaller sizes (`--quick`)",
                     "Some CPU, 2 CPUs used, 16 GiB of memory, a virtual machine",
                     "### Many small files", "| title of small.ext4 | **arsync** | 1.00 s | 1.00 s – 1.00 s | 0 % |"):
            self.assertIn(part, text)
        self.assertNotIn("{", text)

    def test_a_reason_is_given_once_for_all_it_explains(self):
        with tempfile.TemporaryDirectory() as reasons, mock.patch.object(page, "REASONS", reasons):
            with open(os.path.join(reasons, "usr.md"), "w", encoding="utf-8") as f:
                f.write("<!-- SPDX-License-Identifier: BSL-1.0 -->\nBecause.\n")
            with open(os.path.join(reasons, "usr.xfs.md"), "w", encoding="utf-8") as f:
                f.write("Another one.\n")
            keys = ("usr.ext4", "usr.tmpfs", "usr.xfs", "small.x")
            text = page.missed([case(key, [1.0], [1.0], 2.0) for key in keys])
        self.assertEqual(text.split("\n\n")[1:], [
            "Because.", "- title of usr.ext4, time of `cp -a`: 1.00 × instead of 2.00 ×\n"
            "- title of usr.tmpfs, time of `cp -a`: 1.00 × instead of 2.00 ×",
            "Another one.", "- title of usr.xfs, time of `cp -a`: 1.00 × instead of 2.00 ×",
            "- title of small.x, time of `cp -a`: 1.00 × instead of 2.00 ×\n"])

    def test_a_bar_in_a_cell_is_no_border(self):
        self.assertEqual(render.table(["a"], [["x | y"]]).splitlines()[2], "| x \\| y |")

    def test_page_without_a_miss(self):
        self.assertNotIn("Missed", page.page(dict(DATA, cases=DATA["cases"][:1])))

    def test_every_group_has_a_title(self):
        text = render.details([case(f"{name}.x", [1], [1], 1) for name, _ in render.GROUPS])
        self.assertEqual(text.count("### "), len(render.GROUPS))


if __name__ == "__main__":
    unittest.main()
