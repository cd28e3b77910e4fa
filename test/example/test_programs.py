# SPDX-License-Identifier: BSL-1.0
"""A class for each of the small programs: what it prints, and what it does to files."""
import os
import signal
import socket
import subprocess
import time
import unittest
import zlib

from support import ExampleTest


class callback(ExampleTest):
    def test_prints_size_and_first_line(self):
        self.write("file", b"first\nsecond\n")
        self.assertEqual(self.run_it("file"), "13 bytes\nfirst\n")

    def test_empty_file(self):
        self.write("file")
        self.assertEqual(self.run_it("file"), "0 bytes\n\n")

    def test_missing_file(self):
        self.run_it("file", status=1)
        self.assertEqual(self.errors, "file: No such file or directory\n")


class future(ExampleTest):
    def test_sizes_in_the_order_of_the_arguments(self):
        for size in range(20):
            self.write(f"file{size}", b"x" * size)
        names = [f"file{size}" for size in range(20)]
        self.assertEqual(self.run_it(*names), "".join(f"{i} file{i}\n" for i in range(20)))

    def test_one_is_missing(self):
        self.write("file", b"x")
        self.assertEqual(self.run_it("nothing", "file", status=1), "1 file\n")
        self.assertIn("nothing: No such file", self.errors)


class coroutine(ExampleTest):
    def test_counts_lines(self):
        self.write("three", b"a\nb\nc\n")
        self.write("many", b"line\n" * 100000)
        self.assertCountEqual(self.run_it("three", "many").splitlines(), ["3 three", "100000 many"])

    def test_directory(self):
        self.run_it(".", status=1)
        self.assertIn("Is a directory", self.errors)


class deferred(ExampleTest):
    def test_both_tokens(self):
        self.write("file", b"12345")
        os.chmod(self.path("file"), 0o640)
        self.assertEqual(self.run_it("file"), "5 bytes\nmode 640\n")

    def test_the_first_operation_fails(self):
        self.assertEqual(self.run_it("file", status=1), "")
        self.assertEqual(self.errors, "file: No such file or directory\n" * 2)


class as_result(ExampleTest):
    def test_values_and_errors(self):
        os.symlink("some/where", self.path("link"))
        self.write("file")
        self.assertEqual(self.run_it("link", "file", "nothing", status=1), "link -> some/where\n")
        self.assertCountEqual(self.errors.splitlines(),
                              ["file: Invalid argument", "nothing: No such file or directory"])


class parallel_group(ExampleTest):
    def test_more_files_than_the_ring_has_entries(self):
        os.mkdir(self.path("dir"))
        for i in range(3000):
            self.write(f"dir/{i:04}", b"x" * (i % 10))
        os.mkdir(self.path("dir/subdirectory"))
        os.symlink("0001", self.path("dir/link"))
        self.assertEqual(self.run_it("dir"), "3000 files, 13500 bytes\n")

    def test_missing_directory(self):
        self.run_it("dir", status=1)


class cancellation(ExampleTest):
    def setUp(self):
        super().setUp()
        os.mkfifo(self.path("fifo"))

    def wait_for_handler(self, process):
        """Until the program catches SIGINT: before that, the signal would kill it."""
        deadline = time.monotonic() + 20
        caught = 0
        while not caught & (1 << (signal.SIGINT - 1)):
            self.assertLess(time.monotonic(), deadline)
            time.sleep(0.01)
            with open(f"/proc/{process.pid}/status", encoding="ascii") as f:
                caught = int(next(line for line in f if line.startswith("SigCgt:")).split()[1], 16)

    def interrupted(self, process):
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        self.assertEqual((process.returncode, out, err), (1, "", "cancelled\n"))

    def test_while_the_fifo_is_opened(self):
        process = self.start_it("fifo")
        self.wait_for_handler(process)
        self.interrupted(process)

    def test_while_it_is_read(self):
        process = self.start_it("fifo")
        with open(self.path("fifo"), "wb"):
            self.assertEqual(process.stdout.readline(), "open\n")
            self.interrupted(process)

    def test_not_cancelled(self):
        process = self.start_it("fifo")
        with open(self.path("fifo"), "wb") as f:
            f.write(b"some words\n")
        out, err = process.communicate(timeout=20)
        self.assertEqual((process.returncode, out, err), (0, "open\nsome words\n", ""))


class thread_per_core(ExampleTest):
    def test_checksums(self):
        expected = []
        for i in range(100):
            content = os.urandom(i * 7919)
            self.write(f"file{i}", content)
            expected.append(f"{zlib.crc32(content):08x} file{i}")
        lines = self.run_it(*[f"file{i}" for i in range(100)]).splitlines()
        self.assertCountEqual(lines, expected)

    def test_missing_file(self):
        self.write("empty")
        self.assertEqual(self.run_it("nothing", "empty", status=1), "00000000 empty\n")
        self.assertIn("nothing: No such file", self.errors)


class timeout(ExampleTest):
    def lines(self, race, token, out):
        """Boost 1.86 and later have the second form as well."""
        self.assertIn(out, (f"race: {race}\n", f"race: {race}\ncancel_after: {token}\n"))

    def test_fifo_without_writer(self):
        os.mkfifo(self.path("fifo"))
        begin = time.monotonic()
        done = self.start_it("fifo", "200")
        out, _ = done.communicate(timeout=20)
        self.assertEqual(done.returncode, 1)
        self.lines("Connection timed out", "Operation canceled", out)
        self.assertGreaterEqual(time.monotonic() - begin, 0.2)

    def test_in_time(self):
        self.write("file")
        self.lines("open", "open", self.run_it("file", "10000"))


class xattr(ExampleTest):
    def setUp(self):
        super().setUp()
        self.write("file")
        try:
            os.setxattr(self.path("file"), "user.probe", b"")
            os.removexattr(self.path("file"), "user.probe")
        except OSError as e:
            self.skipTest(f"no extended attributes in {self.dir}: {e.strerror}")

    def test_set_get_list_remove(self):
        self.run_it("set", "file", "user.one", "1")
        self.run_it("set", "file", "user.two", "2" * 1000)
        self.assertEqual(os.getxattr(self.path("file"), "user.one"), b"1")
        self.assertEqual(self.run_it("get", "file", "user.two"), "2" * 1000 + "\n")
        self.run_it("remove", "file", "user.two")
        listed = [line for line in self.run_it("list", "file").splitlines() if line.startswith("user.")]
        self.assertEqual(listed, ["user.one=1"])

    def test_missing(self):
        self.run_it("get", "file", "user.nothing", status=1)
        self.assertIn("No data available", self.errors)

    def test_usage(self):
        self.run_it("get", "file", status=2)


class acl(ExampleTest):
    def setUp(self):
        super().setUp()
        self.write("file")
        os.chmod(self.path("file"), 0o640)

    def entries(self, name):
        """The list that the program prints."""
        lines = self.run_it("get", name).splitlines()
        self.assertEqual((lines[0], lines[-1]), (f"# file: {name}", ""))
        return lines[1:-1]

    def modify(self, *args):
        try:
            self.run_it("modify", *args)
        except AssertionError:
            if "Operation not supported" in self.errors:
                self.skipTest(f"no access control lists in {self.dir}")
            raise

    def test_of_mode_bits(self):
        self.assertEqual(self.entries("file"), ["user::rw-", "group::r--", "other::---"])

    def test_modify_and_remove(self):
        self.modify("user:12345:rw,g:23456:x", "file")
        self.assertEqual(self.entries("file"), ["user::rw-", "user:12345:rw-", "group::r--", "group:23456:--x",
                                                "mask::rwx", "other::---"])
        self.run_it("remove", "user:12345:-", "file")
        self.modify("mask::r", "file")
        self.assertEqual(self.entries("file")[3:], ["mask::r--", "other::---"])

    def test_as_getfacl_says(self):
        self.modify("user:12345:rw,g:23456:x", "file")
        try:
            listed = subprocess.run(["getfacl", "--omit-header", self.path("file")], capture_output=True, text=True,
                                    check=True)
        except FileNotFoundError:
            self.skipTest("getfacl is not installed")
        self.assertEqual(self.entries("file"), listed.stdout.strip().splitlines())

    def test_wrong_entry(self):
        self.run_it("modify", "user:nobody-has-this-name:rw", "file", status=1)
        self.assertIn("nobody-has-this-name", self.errors)
        self.assertEqual(self.entries("file"), ["user::rw-", "group::r--", "other::---"])


class set_config(ExampleTest):
    def test_sets_and_replaces(self):
        self.run_it("config", "one", "1")
        self.run_it("config", "two", "2")
        self.run_it("config", "one", "new")
        self.assertEqual(self.read("config"), b"one=new\ntwo=2\n")
        self.assertEqual(os.listdir(self.dir), ["config"])

    def test_mode_stays_and_the_file_is_another(self):
        self.write("config", b"# comment\nkey=old")
        os.chmod(self.path("config"), 0o604)
        with open(self.path("config"), "rb") as reader:
            self.run_it("config", "key", "new")
            self.assertEqual(reader.read(), b"# comment\nkey=old")
        self.assertEqual(self.read("config"), b"# comment\nkey=new\n")
        self.assertEqual(os.stat(self.path("config")).st_mode & 0o7777, 0o604)

    def test_always_whole_for_readers_at_the_same_time(self):
        self.write("config", b"key=" + b"x" * 100000 + b"\n")
        for value in ("y" * 100000, "z" * 100000):
            process = self.start_it("config", "key", value)
            while process.poll() is None:
                content = self.read("config")
                self.assertEqual(len(content), 100005)
                self.assertEqual(len(set(content[4:-1])), 1)
            self.assertEqual(process.returncode, 0)

    def test_no_such_directory(self):
        self.run_it("nothing/config", "key", "value", status=1)
        self.assertIn("No such file", self.errors)


class upload_server(ExampleTest):
    def setUp(self):
        super().setUp()
        os.mkdir(self.path("store"))
        self.process = self.start_it("0", "store")
        self.port = self.port_of(self.process)

    def connect(self):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        self.addCleanup(client.close)
        return client

    def finish(self, client):
        client.shutdown(socket.SHUT_WR)
        with client.makefile() as answer:
            return answer.read()

    def test_clients_at_the_same_time(self):
        contents = {}
        clients = [self.connect() for _ in range(10)]
        for n in range(20):  # in turns, so that all of them are in the middle at any time
            for i, client in enumerate(clients):
                client.sendall(bytes([i]) * 10000 * (i + 1))
        for i, client in enumerate(clients):
            answer = self.finish(client)
            name, size = answer.split(": ")
            self.assertEqual(size, f"{200000 * (i + 1)} bytes\n")
            contents[name] = bytes([i]) * 200000 * (i + 1)
        self.assertEqual(sorted(os.listdir(self.path("store"))), sorted(contents))
        for name, content in contents.items():
            self.assertEqual(self.read("store/" + name), content)

    def test_a_client_that_vanishes_leaves_nothing(self):
        client = self.connect()
        client.sendall(b"half of it")
        deadline = time.monotonic() + 20
        while not os.listdir(self.path("store")) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(os.listdir(self.path("store")), ["upload-1.part"])
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        client.close()  # a reset
        while os.listdir(self.path("store")) and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertEqual(os.listdir(self.path("store")), [])

    def test_terminates(self):
        self.connect().sendall(b"in the middle")
        self.process.send_signal(signal.SIGTERM)
        self.assertEqual(self.process.wait(timeout=20), 0)


if __name__ == "__main__":
    unittest.main()
