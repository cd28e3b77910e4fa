# SPDX-License-Identifier: BSL-1.0
"""The web server: what it serves, what it accepts, what it refuses, and that nothing holds it up."""
import concurrent.futures
import email.utils
import http.client
import os
import re
import signal
import socket
import subprocess
import time

from support import ExampleTest


class http_server(ExampleTest):
    def setUp(self):
        super().setUp()
        self.write("secret", b"not for you")
        self.write("root/file.txt", b"0123456789")
        self.write("root/sub/index.html", b"<p>hello")
        self.write("root/with space", b"space")
        self.process = self.start_it("127.0.0.1", "0", "root")
        self.port = self.port_of(self.process)

    def ask(self, method, target, body=None, connection=None, **fields):
        """The status, the headers and the body of an answer."""
        client = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        client.request(method, target, body, {name.replace("_", "-"): value for name, value in fields.items()})
        response = client.getresponse()
        content = response.read()
        if not connection:
            client.close()
        return response.status, response.headers, content

    def status(self, *args, **kwargs):
        return self.ask(*args, **kwargs)[0]

    # ---- GET and HEAD

    def test_get(self):
        status, headers, content = self.ask("GET", "/file.txt?query#part")
        self.assertEqual((status, content), (200, b"0123456789"))
        self.assertEqual(headers["Content-Length"], "10")
        self.assertEqual(headers["Last-Modified"],
                         email.utils.formatdate(os.stat(self.path("root/file.txt")).st_mtime, usegmt=True))
        self.assertEqual(self.ask("GET", "/with%20space")[2], b"space")
        self.assertEqual(self.ask("GET", "/sub/")[2], b"<p>hello")
        self.assertEqual(self.ask("GET", "//sub//index.html")[2], b"<p>hello")
        self.assertEqual(self.ask("GET", "/sub/../file.txt")[2], b"0123456789")

    def test_head(self):
        status, headers, content = self.ask("HEAD", "/file.txt")
        self.assertEqual((status, headers["Content-Length"], content), (200, "10", b""))
        self.assertEqual(self.status("HEAD", "/nothing"), 404)

    def test_ranges(self):
        for field, status, content, where in (
                ("bytes=0-", 206, b"0123456789", "bytes 0-9/10"), ("bytes=3-5", 206, b"345", "bytes 3-5/10"),
                ("bytes=9-99999999999999999999", 206, b"9", "bytes 9-9/10"), ("bytes=-4", 206, b"6789", "bytes 6-9/10"),
                ("bytes=-100", 206, b"0123456789", "bytes 0-9/10"), ("bytes=10-", 416, b"", "bytes */10"),
                ("bytes=99999999999999999999-", 416, b"", "bytes */10"), ("bytes=-0", 416, b"", "bytes */10"),
                ("bytes=5-3", 200, b"0123456789", None), ("bytes=a-b", 200, b"0123456789", None),
                ("bytes=0-1,3-4", 200, b"0123456789", None), ("lines=1-2", 200, b"0123456789", None)):
            with self.subTest(field):
                answer = self.ask("GET", "/file.txt", Range=field)
                self.assertEqual((answer[0], answer[2], answer[1]["Content-Range"]), (status, content, where))

    def test_conditions(self):
        _, headers, _ = self.ask("GET", "/file.txt")
        tag, date = headers["ETag"], headers["Last-Modified"]
        old = "Sun, 06 Nov 1994 08:49:37 GMT"
        for fields, status in (
                ({"If_None_Match": tag}, 304), ({"If_None_Match": f'"a", W/{tag} , "b"'}, 304),
                ({"If_None_Match": '"other"'}, 200), ({"If_None_Match": "*"}, 304),
                ({"If_Modified_Since": date}, 304), ({"If_Modified_Since": old}, 200),
                ({"If_Modified_Since": "yesterday"}, 200),
                ({"If_None_Match": '"other"', "If_Modified_Since": date}, 200),
                ({"If_Match": tag}, 200), ({"If_Match": "*"}, 200), ({"If_Match": '"other"'}, 412),
                ({"If_Match": "W/" + tag}, 412), ({"If_Unmodified_Since": date}, 200),
                ({"If_Unmodified_Since": old}, 412),
                ({"Range": "bytes=0-0", "If_Range": tag}, 206), ({"Range": "bytes=0-0", "If_Range": '"other"'}, 200)):
            with self.subTest(fields):
                self.assertEqual(self.status("GET", "/file.txt", **fields), status)
        self.write("root/file.txt", b"changed")
        self.assertEqual(self.status("GET", "/file.txt", If_None_Match=tag), 200)

    def test_big_file(self):
        content = os.urandom(1 << 20) * 20 + b"end"
        self.write("root/big", content)
        self.assertEqual(self.ask("GET", "/big")[2], content)
        self.assertEqual(self.ask("GET", "/big", Range="bytes=-3")[2], b"end")

    def test_many_requests_at_the_same_time(self):
        for i in range(50):
            self.write(f"root/{i}", bytes([i]) * 100000)
        with concurrent.futures.ThreadPoolExecutor(20) as pool:
            answers = list(pool.map(lambda i: self.ask("GET", f"/{i % 50}")[2], range(500)))
        self.assertTrue(all(content == bytes([i % 50]) * 100000 for i, content in enumerate(answers)))

    def test_connection_is_kept(self):
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        self.addCleanup(client.close)
        for method, target, body, status in (("GET", "/file.txt", None, 200), ("GET", "/nothing", None, 404),
                                             ("PUT", "/new", b"x", 201), ("HEAD", "/file.txt", None, 200),
                                             ("DELETE", "/file.txt", None, 405), ("GET", "/new", None, 200)):
            self.assertEqual(self.status(method, target, body, connection=client), status)
            if not hasattr(self, "socket"):
                self.socket = client.sock
            self.assertIs(client.sock, self.socket)

    # ---- nothing outside of the root

    def test_no_way_out(self):
        os.symlink("../secret", self.path("root/link"))
        os.symlink(self.path("secret"), self.path("root/absolute"))
        os.symlink("..", self.path("root/up"))
        os.symlink("file.txt", self.path("root/inside"))
        os.symlink("/proc/self/root", self.path("root/proc"))
        for target in ("/../secret", "/%2e%2e/secret", "/sub/../../secret", "/..%2fsecret", "/link", "/absolute",
                       "/up/secret", "/proc/etc/passwd", "/..", "/sub/../..", "//../secret"):
            with self.subTest(target):
                status, _, content = self.ask("GET", target)
                self.assertEqual((status, b"not for you" in content), (403, False))
                self.assertEqual(self.status("PUT", target, b"mine"), 403)
        self.assertEqual(self.read("secret"), b"not for you")
        self.assertEqual(sorted(os.listdir(self.dir)), ["root", "secret"])
        self.assertEqual(self.ask("GET", "/inside")[2], b"0123456789")

    def test_malformed_targets(self):
        for target in ("/%", "/%4", "/%zz", "/a%00b", "*"):
            with self.subTest(target):
                self.assertEqual(self.status("GET", target), 400)
        self.assertEqual(self.status("GET", "/" + "x" * 300), 414)
        self.assertEqual(self.status("GET", "/file.txt/x"), 404)

    def test_not_http(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as client:
            client.sendall(b"\x16\x03\x01 is no HTTP\r\n\r\n")
            while client.recv(1000):
                pass
        self.assertEqual(self.status("GET", "/file.txt"), 200)

    def test_special_files_do_not_hold_it_up(self):
        os.mkfifo(self.path("root/fifo"))
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(self.path("root/socket"))
        self.assertEqual([self.status("GET", target) for target in ("/fifo", "/socket", "/sub")], [403] * 3)

    # ---- PUT

    def test_put(self):
        status, headers, _ = self.ask("PUT", "/sub/new", b"content")
        self.assertEqual((status, self.read("root/sub/new")), (201, b"content"))
        self.assertEqual(headers["ETag"], self.ask("GET", "/sub/new")[1]["ETag"])
        self.assertEqual((self.status("PUT", "/sub/new", b"other"), self.read("root/sub/new")), (204, b"other"))
        self.assertEqual((self.status("PUT", "/sub/new", b""), self.read("root/sub/new")), (204, b""))
        self.assertEqual(sorted(os.listdir(self.path("root/sub"))), ["index.html", "new"])
        self.assertEqual(self.status("PUT", "/no/such/directory", b"x"), 404)
        self.assertEqual(self.status("PUT", "/sub", b"x"), 409)

    def test_put_replaces_a_link_not_what_it_names(self):
        os.symlink("../secret", self.path("root/link"))
        self.assertEqual(self.status("PUT", "/link", b"mine"), 403)
        os.symlink("file.txt", self.path("root/inside"))
        self.assertEqual(self.status("PUT", "/inside", b"mine"), 204)
        self.assertEqual((self.read("root/inside"), self.read("root/file.txt")), (b"mine", b"0123456789"))

    def test_conditional_put(self):
        tag = self.ask("GET", "/file.txt")[1]["ETag"]
        self.assertEqual(self.status("PUT", "/file.txt", b"x", If_None_Match="*"), 412)
        self.assertEqual(self.status("PUT", "/file.txt", b"x", If_Match='"other"'), 412)
        self.assertEqual(self.status("PUT", "/nothing", b"x", If_Match="*"), 412)
        self.assertEqual(self.read("root/file.txt"), b"0123456789")
        self.assertEqual(self.status("PUT", "/file.txt", b"x", If_Match=tag), 204)
        self.assertEqual(self.status("PUT", "/new", b"x", If_None_Match="*"), 201)
        self.assertEqual((self.read("root/file.txt"), self.read("root/new")), (b"x", b"x"))

    def test_chunked_and_big_put(self):
        block = os.urandom(100000)
        self.assertEqual(self.status("PUT", "/big", iter([block] * 100)), 201)
        self.assertEqual(self.read("root/big"), block * 100)

    def test_expect_continue(self):
        with socket.create_connection(("127.0.0.1", self.port), timeout=20) as client:
            client.sendall(b"PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n")
            self.assertTrue(client.recv(1000).startswith(b"HTTP/1.1 100 "))
            client.sendall(b"abc")
            self.assertTrue(client.recv(1000).startswith(b"HTTP/1.1 201 "))
        self.assertEqual(self.read("root/new"), b"abc")

    def test_truncated_put_leaves_nothing(self):
        before = sorted(os.listdir(self.path("root")))
        for target in (b"/new", b"/file.txt"):
            with socket.create_connection(("127.0.0.1", self.port), timeout=20) as client:
                client.sendall(b"PUT " + target + b" HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n" + b"x" * 5000)
                client.shutdown(socket.SHUT_WR)
                while client.recv(1000):
                    pass
        self.assertEqual(sorted(os.listdir(self.path("root"))), before)
        self.assertEqual(self.read("root/file.txt"), b"0123456789")

    def test_readers_see_the_old_or_the_new(self):
        old, new = b"a" * 3000000, b"b" * 2000000
        self.write("root/changing", old)
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            reads = [pool.submit(lambda: self.ask("GET", "/changing")[2]) for _ in range(40)]
            writes = [pool.submit(self.status, "PUT", "/changing", content) for content in [new, old] * 5]
        self.assertEqual({w.result() for w in writes}, {204})
        self.assertTrue(all(r.result() in (old, new) for r in reads))

    # ---- the rest

    def test_methods(self):
        for method in ("DELETE", "POST", "PATCH"):
            status, headers, _ = self.ask(method, "/file.txt")
            self.assertEqual((status, headers["Allow"]), (405, "GET, HEAD, PUT"))
        self.assertEqual(self.status("POST", "/file.txt", b"x" * 1000000), 405)

    def test_no_descriptor_is_lost(self):
        def count():
            return len(os.listdir(f"/proc/{self.process.pid}/fd"))

        self.test_get()
        before = count()
        for _ in range(20):
            self.test_get()
            self.test_truncated_put_leaves_nothing()
            self.status("PUT", "/new", b"x")
        deadline = time.monotonic() + 20
        while count() > before and time.monotonic() < deadline:
            time.sleep(0.01)
        self.assertLessEqual(count(), before)

    def test_the_loop_asks_nothing_of_the_file_system(self):
        """Seen from outside: the thread of the loop makes no system call that may wait for a file."""
        log = self.path("log")
        try:
            tracer = subprocess.Popen(["strace", "-f", "-qq", "-y", "-o", log, "-p", str(self.process.pid)],
                                      stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except FileNotFoundError:
            self.skipTest("strace is not installed")
        self.addCleanup(tracer.stdout.close)
        self.addCleanup(tracer.wait)
        self.addCleanup(tracer.terminate)
        deadline = time.monotonic() + 20
        while not os.path.exists(log) or not os.path.getsize(log):  # it sees something: it is there
            if tracer.poll() is not None:
                self.skipTest("strace cannot trace here: " + tracer.stdout.read().decode())
            self.assertLess(time.monotonic(), deadline)
            self.status("GET", "/file.txt")
        self.write("root/big", os.urandom(3000000))
        self.test_put()
        self.test_truncated_put_leaves_nothing()
        self.assertEqual([self.status(method, target) for method in ("GET", "HEAD")
                          for target in ("/big", "/nothing", "/../secret")], [200, 404, 403] * 2)
        tracer.terminate()
        tracer.wait()

        names = re.compile(r"(open|.*stat|link|unlink|rename|mk|access|.*xattr|f?truncate|fallocate|f?chmod|f?chown)")
        harmless = re.compile("RWF_NOWAIT|AT_STATX_DONT_SYNC")  # asks for what is there, or nothing
        calls = []
        begun = ""  # the first half of a call that was printed in two
        with open(log, encoding="utf-8", errors="replace") as f:
            for line in f:
                pid, call = line.split(maxsplit=1)
                if int(pid) != self.process.pid:
                    continue
                if call.startswith("<... "):
                    call = begun + call
                elif "<unfinished ...>" in call:
                    begun = call
                    continue
                if not harmless.search(call) and (names.match(call) or f"<{self.path('root')}" in call):
                    calls.append(call)
        self.assertEqual(calls, [])

    def test_terminates_in_the_middle(self):
        with open(self.path("root/big"), "wb") as f:
            f.truncate(1 << 30)
        reader = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        writer = socket.create_connection(("127.0.0.1", self.port), timeout=20)
        with reader, writer:
            reader.sendall(b"GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
            writer.sendall(b"PUT /new HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nbegin")
            reader.recv(1000)
            self.process.send_signal(signal.SIGTERM)
            self.assertEqual(self.process.wait(timeout=20), 0)
        self.assertFalse(os.path.exists(self.path("root/new")))
