# SPDX-License-Identifier: BSL-1.0
"""What the tests of the examples share: the program, and a scratch directory."""
import os
import shutil
import subprocess
import tempfile
import unittest


class ExampleTest(unittest.TestCase):
    """Each test has a scratch directory, which is also the working directory of the program."""

    def setUp(self):
        self.dir = tempfile.mkdtemp(prefix="asio-fs-example-")
        self.addCleanup(shutil.rmtree, self.dir, ignore_errors=True)

    def path(self, *names):
        return os.path.join(self.dir, *names)

    def write(self, name, content=b""):
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        with open(self.path(name), "wb") as f:
            f.write(content)

    def read(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def run_it(self, *args, status=0):
        """Run the program to its end; the output."""
        done = subprocess.run([os.environ["EXAMPLE"], *args], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              cwd=self.dir, timeout=60, check=False)
        self.assertEqual(done.returncode, status, done)
        self.assertEqual(done.stderr == "", status == 0, done)
        self.errors = done.stderr
        return done.stdout

    def start_it(self, *args):
        """Start the program; it is killed at the end of the test."""
        process = subprocess.Popen([os.environ["EXAMPLE"], *args], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True, cwd=self.dir)

        def end():
            process.kill()
            process.communicate()

        self.addCleanup(end)
        return process

    def port_of(self, process):
        """The port that a server says it listens on."""
        line = process.stdout.readline()
        self.assertRegex(line, r"^listening on 127\.0\.0\.1:\d+$")
        return int(line.rsplit(":", 1)[1])
