# SPDX-License-Identifier: BSL-1.0
"""Random trees, random changes and random options: rsync and arsync print the same and leave the same.

Left out is what is known to differ: without -H, names of one inode at the destination become files of their own; with
-I, symbolic links are made anew; which entries --existing and --ignore-existing leave out, is not told.
ARSYNC_RANDOM_TREES in the environment is how many trees there are.
"""
import os
import random
import shutil
import stat
import subprocess

from support import ArsyncTest, PROGRAM, SUCCESS, content_of

T = 10**18
BASES = ["-a", "-a", "-aX", "-rlt", "-rlpt", "-rptgo", "-r"]
EXTRAS = ["--delete", "--delete", "-c", "-u", "-O", "--size-only", "--exclude=a*", "--exclude=*1", "--no-o", "--no-t",
          "--no-p", "-x", "--delete-excluded"]
ROUNDS = int(os.environ.get("ARSYNC_RANDOM_TREES", 25))


class RandomTrees(ArsyncTest):
    def setUp(self):
        super().setUp()
        if shutil.which("rsync") is None:
            self.skipTest("rsync is not installed")

    def write_random(self, path, sizes, modes):
        with open(path, "wb") as f:
            f.write(self.random.randbytes(self.random.choice(sizes)))
        os.chmod(path, self.random.choice(modes))

    def make(self, directory, depth=0):
        os.mkdir(directory)
        for i in range(self.random.randint(2, 6)):
            path = os.path.join(directory, self.random.choice("abcdefghij") + str(i))
            kind = self.random.random()
            if kind < 0.3 and depth < 3:
                self.make(path, depth + 1)
            elif kind < 0.75:
                self.write_random(path, [0, 1, 5, 100], [0o644, 0o600, 0o755])
            elif kind < 0.9:
                os.symlink(self.random.choice(["a", "nowhere", "../b"]), path)
            else:
                os.mkfifo(path)

    def everything_in(self, root):
        return [os.path.join(d, name) for d, names, files in os.walk(root, topdown=False) for name in names + files]

    def change(self, root):
        for path in self.everything_in(root):
            if not os.path.lexists(path):
                continue
            mode = os.lstat(path).st_mode
            what = self.random.random()
            if what < 0.08 and not stat.S_ISLNK(mode):
                os.chmod(path, self.random.choice([0o640, 0o700, 0o751]))
            elif what < 0.14 and os.geteuid() == 0:
                os.chown(path, self.random.choice([0, 1234]), self.random.choice([0, 99]), follow_symlinks=False)
            elif what < 0.22 and stat.S_ISREG(mode):
                self.write_random(path, [1, 5, 7], [0o644])
            elif what < 0.28:
                shutil.rmtree(path) if stat.S_ISDIR(mode) else os.unlink(path)
            elif what < 0.36 and stat.S_ISDIR(mode):
                self.write_random(os.path.join(path, "extra"), [3], [0o600])
                os.makedirs(os.path.join(path, "extra directory/deeper"))
            elif what < 0.48 and not stat.S_ISDIR(mode):
                os.unlink(path)
                another_kind = [os.mkdir, lambda p: self.write_random(p, [9], [0o644]), lambda p: os.symlink("q", p)]
                self.random.choice(another_kind)(path)

    def set_times(self, root, choices):
        for path in [*self.everything_in(root), root]:
            os.utime(path, ns=(T, self.random.choice(choices)), follow_symlinks=False)

    def left(self, root):
        """What is there. Of times that are those of the copy only that they are."""
        found = {}
        for path in [*self.everything_in(self.path(root)), self.path(root)]:
            info = os.lstat(path)
            time = info.st_mtime_ns if abs(info.st_mtime_ns - T) < 10**10 else "recent"
            if stat.S_ISLNK(info.st_mode):
                time = None  # rsync sets those of links it leaves alone only where it preserves times
            elif stat.S_ISDIR(info.st_mode) and self.loose_directories:
                time = None  # those of the last change within, which may be that of a temporary file
            found[os.path.relpath(path, self.path(root))] = (info.st_mode, info.st_uid, info.st_gid, time,
                                                            content_of(path, info))
        return found

    def lines(self, program, *args):
        done = subprocess.run([program, "-i", *args], cwd=self.dir, capture_output=True, check=True,
                              env=dict(os.environ, LC_ALL="C.UTF-8"))
        self.assertEqual(done.stderr, b"")
        return sorted(done.stdout.splitlines())

    def test_all(self):
        for seed in range(ROUNDS):
            self.random = random.Random(seed)
            for name in ("src", "dst", "wanted"):
                shutil.rmtree(self.path(name), ignore_errors=True)
            self.make(self.path("src"))
            self.set_times(self.path("src"), [T])
            subprocess.run(["cp", "-a", "src", "dst"], cwd=self.dir, check=True)
            self.change(self.path("dst"))
            self.set_times(self.path("dst"), [T, T, T, T + 5 * 10**9, T - 5 * 10**9])
            subprocess.run(["cp", "-a", "dst", "wanted"], cwd=self.dir, check=True)
            options = [self.random.choice(BASES)] + [x for x in EXTRAS if self.random.random() < 0.15]
            if "--delete-excluded" in options:
                options.append("--delete")
            base = options[0]
            self.loose_directories = "-O" in options or "--no-t" in options or not ("a" in base or "t" in base)
            with self.subTest(seed=seed, options=options):
                wanted = self.lines("rsync", *options, "src/", "wanted")
                self.assertEqual(self.lines(PROGRAM, "-n", *options, "src/", "dst"), wanted)
                self.assertEqual(self.lines(PROGRAM, *options, "src/", "dst"), wanted)
                self.assertEqual(self.left("dst"), self.left("wanted"))


class SeveralSources(ArsyncTest):
    """What several sources leave in one place, with names of theirs in common."""

    def make(self, chance, root, depth=0):
        os.makedirs(self.path(root), exist_ok=True)
        for name in "abcd":
            kind, path = chance.random(), os.path.join(root, name)
            if kind < 0.3:
                self.write(path, root.encode())
            elif kind < 0.6 and depth < 2:
                self.make(chance, path, depth + 1)
            elif kind < 0.7:
                os.symlink(chance.choice("abcd"), self.path(path))
        os.chmod(self.path(root), chance.choice([0o755, 0o700, 0o711]))

    def found(self, root):
        """Names with modes and contents: the times are those of the copy where rsync leaves a directory alone."""
        return {name: (mode, content) for name, (mode, _, content) in self.listing(root).items()}

    def test_merged(self):
        if shutil.which("rsync") is None:
            self.skipTest("rsync is not installed")
        for seed in range(ROUNDS):
            chance = random.Random(seed)
            for root in ("1", "2", "3", "theirs", "ours"):
                shutil.rmtree(self.path(root), ignore_errors=True)
            candidates = []
            for root in ("1", "2", "3"):
                self.make(chance, root)
                candidates += [root + "/"] + [root + "/" + name for name in sorted(os.listdir(self.path(root)))]
            sources = [chance.choice(candidates) for _ in range(chance.randint(2, 4))]
            options = [one for one in ("--delete", "--exclude=b", "--delete-excluded") if chance.random() < 0.5]
            os.mkdir(self.path("theirs"))
            subprocess.run(["rsync", "-aI", *sources, "theirs"], cwd=self.dir, check=True)
            for directory, _, _ in list(os.walk(self.path("theirs"))):
                if chance.random() < 0.5:
                    self.write(os.path.join(directory, "extra/extra"))
            subprocess.run(["cp", "-a", "theirs", "ours"], cwd=self.dir, check=True)
            with self.subTest(seed=seed, sources=sources, options=options):
                subprocess.run(["rsync", "-aI", *options, *sources, "theirs"], cwd=self.dir, check=True)
                self.arsync("-qaI", *options, *sources, "ours", expect=SUCCESS)
                self.assertEqual(self.found("theirs"), self.found("ours"))
