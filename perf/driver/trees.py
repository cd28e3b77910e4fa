# SPDX-License-Identifier: BSL-1.0
"""Trees to copy, walk and remove: the same ones on every machine."""
import math
import os
import random

PER_DIRECTORY = 200


def write(path, data):
    fd = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
    try:
        os.write(fd, data)
    finally:
        os.close(fd)


def equal_files(top, count, size, per_directory=PER_DIRECTORY):
    """Files of one size, 200 in each directory, each with a content of its own."""
    os.mkdir(top)
    for number in range(count):
        place = f"{top}/d{number // per_directory}"
        if number % per_directory == 0:
            os.mkdir(place)
        write(f"{place}/f{number}", number.to_bytes(8, "little") * (size // 8))


def mixed_sizes(count, seed=1):
    """Sizes as those of a source tree: log-normal, half below 4.9 KiB, 16 KiB on average, at most 4 MiB."""
    chance = random.Random(seed)
    middle, deviation = math.log(4900), 1.55
    return [min(int(chance.lognormvariate(middle, deviation)), 4 << 20) for _ in range(count)]


def mixed_directories(count, seed=2):
    """Paths of directories: each one beneath one that was made before, at most six deep. The first is the top."""
    chance = random.Random(seed)
    paths, depths = [""], [0]
    while len(paths) < count:
        above = chance.randrange(len(paths))
        if depths[above] < 6:
            paths.append(f"{paths[above]}/d{len(paths)}")
            depths.append(depths[above] + 1)
    return paths


def mixed_files(top, count):
    """A tree like that of the Linux sources: 16 files a directory on average, sizes and depths mixed.

    Some files are executable, some symbolic links. Gives the number of bytes in its files.
    """
    chance = random.Random(3)
    directories = mixed_directories(max(1, count // 16))
    for path in directories:
        os.mkdir(top + path)
    content = chance.randbytes(8 << 20)
    total = 0
    for number, size in enumerate(mixed_sizes(count)):
        path = f"{top}{chance.choice(directories)}/file{number}.c"
        begin = chance.randrange(4 << 20)
        write(path, content[begin:begin + size])
        total += size
        if number % 40 == 0:
            os.chmod(path, 0o755)
        if number % 400 == 0:
            os.symlink(f"file{number}.c", f"{path}.link")
    return total


def large_file(path, megabytes):
    block = random.Random(4).randbytes(1 << 20)
    with open(path, "xb", buffering=0) as f:
        for number in range(megabytes):
            f.write(number.to_bytes(8, "little") + block[8:])


def census(top):
    """How many entries of each kind a tree has, and how many bytes its files: what a copy must have as well."""
    count = {"directories": 0, "files": 0, "others": 0, "bytes": 0}

    def visit(path):
        with os.scandir(path) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    count["directories"] += 1
                    visit(entry.path)
                elif entry.is_file(follow_symlinks=False):
                    count["files"] += 1
                    count["bytes"] += entry.stat(follow_symlinks=False).st_size
                else:
                    count["others"] += 1

    visit(top)
    return count
