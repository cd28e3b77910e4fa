# SPDX-License-Identifier: BSL-1.0
"""One large file: how fast bytes move, or how fast nothing has to."""
import contextlib

from driver import trees
from driver.bench import at_least
from driver.file_systems import REFLINK

ACROSS = (("ext4", "xfs"), ("xfs", "ext4"), ("tmpfs", "ext4"), ("ext4", "tmpfs"))


def contestants(bench, source, target, how):
    return {"arsync": [bench.arsync, "-q", source, target],
            f"cp --reflink={how}": ["cp", f"--reflink={how}", source, target]}


def run(bench):
    megabytes = bench.size(1024, 128)
    room = 3 * megabytes + 512
    amount = f"{megabytes >> 10} GiB" if megabytes >= 1024 else f"{megabytes} MiB"

    def compare(key, title, source, place, how, targets):
        work = {"files": 1, "bytes": megabytes << 20} if how == "never" else {}  # a reflink moves nothing
        return bench.compare_copies(key, f"{amount} file, {title}", contestants(bench, source, place / "copy", how),
                                    source, place, targets, work, large=True)

    kinds = bench.fs.kinds()
    for kind in kinds:
        with bench.fs.new(kind, room) as place:
            source = place / "source"
            trees.large_file(source, megabytes)
            place.sync()
            if kind in REFLINK:
                yield compare(f"large.{kind}.reflink", f"{kind}, reflink", source, place, "always",
                              [at_least(1.0, "cp --reflink=always")])
            else:
                yield compare(f"large.{kind}", kind, source, place, "never",
                              [at_least(1.2, "cp --reflink=never")])
    for one, other in ACROSS:
        if one not in kinds or other not in kinds:
            continue
        with contextlib.ExitStack() as both:
            here, there = (both.enter_context(bench.fs.new(kind, room)) for kind in (one, other))
            source = here / "source"
            trees.large_file(source, megabytes)
            here.sync()
            yield compare(f"large.{one}-{other}", f"{one} to {other}", source, there, "never",
                          [at_least(1.2, "cp --reflink=never")])
