"""The server and the generator of streams beside each other: every kind of traffic, and what a changed byte does."""

import contextlib
import http.client
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import types
import unittest

from bench import load, streams
from bench.process import Failed

CORES = (0,)


class Counts(unittest.TestCase):
    def test_reads_what_the_generator_prints(self):
        self.assertEqual(load.Outcome(12.5, 0, 3, 2.0), streams.parse('{"units": 12.500, "seconds": 2.000, "broken": 3}'))


@unittest.skipUnless(shutil.which("cc"), "no C compiler (cc) to build server and generator with")
class Traffic(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.upstream = streams.StreamUpstream(pathlib.Path(self.folder.name) / "upstream", CORES)
        self.setup = types.SimpleNamespace(port=self.upstream.ports[0])

    def tearDown(self):
        self.upstream.stop()

    def test_every_kind_flows_and_comes_back_as_it_went(self):
        for kind, connections in (("upload", 2), ("tunnel", 2), ("websockets", 20), ("events", 300)):
            with self.subTest(kind), streams.Streams(kind, connections).opened(self.setup, CORES) as drive:
                first, second = drive(1), drive(1)
                self.assertGreater(first.requests, 0)
                self.assertGreater(second.requests, 0)
                self.assertEqual((0, 0), (first.broken, second.broken))

    def test_each_stream_has_an_event_a_second(self):
        with streams.Streams("events", 300).opened(self.setup, CORES) as drive:
            self.assertAlmostEqual(600, drive(2).requests, delta=60)

    def test_check_says_who_was_reached_and_what_it_saw(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.setup.port, timeout=5)
        with contextlib.closing(connection):
            connection.request("GET", "/check", headers={"Host": "order.test", "x-forwarded-FOR": "192.0.2.1"})
            self.assertEqual(f"{self.setup.port}|192.0.2.1|order.test", connection.getresponse().read().decode())

    def test_a_byte_that_a_proxy_changes_is_found(self):
        for kind in ("tunnel", "websockets", "events"):
            with self.subTest(kind), _changing(self.setup.port) as port:
                with self.assertRaisesRegex(Failed, "changed|ended|silent"):
                    with streams.Streams(kind, 1).opened(types.SimpleNamespace(port=port), CORES) as drive:
                        done = drive(2)
                        # What broke before the count began carries nothing during it.
                        if done.broken or not done.requests:
                            raise Failed("changed")

    def test_what_does_not_answer_as_it_should_is_named(self):
        with socket.create_server(("127.0.0.1", 0)) as server:
            threading.Thread(target=_refuse, args=(server,), daemon=True).start()
            with self.assertRaisesRegex(Failed, "status"):
                streams.Streams("tunnel", 1).run(types.SimpleNamespace(port=server.getsockname()[1]), 1, CORES)

    def test_the_programs_say_how_they_are_called(self):
        for name in ("serve", "load"):
            done = subprocess.run([streams.built(name)], capture_output=True, text=True)
            self.assertEqual(2, done.returncode)
            self.assertIn("usage", done.stderr)


def _refuse(server):
    with contextlib.suppress(OSError):
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")


@contextlib.contextmanager
def _changing(port):
    """A proxy of one connection that turns a bit of one byte far behind the head of an answer."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        threading.Thread(target=_relay, args=(server, port), daemon=True).start()
        yield server.getsockname()[1]


def _relay(server, port):
    with contextlib.suppress(OSError):
        client, _ = server.accept()
        with client, socket.create_connection(("127.0.0.1", port)) as behind:
            threading.Thread(target=_copy, args=(client, behind, None), daemon=True).start()
            _copy(behind, client, 150)


def _copy(source, target, changed):
    seen = 0
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            if changed is not None and seen <= changed < seen + len(data):
                data = data[: changed - seen] + bytes([data[changed - seen] ^ 1]) + data[changed - seen + 1 :]
            seen += len(data)
            target.sendall(data)


if __name__ == "__main__":
    unittest.main()
