"""The guard counts what really passes, and fails when a count grows."""

import json
import pathlib
import tempfile
import unittest
from unittest import mock

from bench.guard import bounds
from bench.guard.cases import CASES
from bench.guard.wire import RESPONSE, Http1, Upstream


class Wire(unittest.TestCase):
    def test_client_and_upstream_count_every_byte(self):
        upstream = Upstream()
        request = b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
        client = Http1(upstream.port, request)
        try:
            for _ in range(10):
                client.ask()
            self.assertEqual((10 * len(request), 10 * len(RESPONSE)), (upstream.read, client.read))
        finally:
            client.close()
            upstream.close()


class Bounds(unittest.TestCase):
    def beyond(self, written, counted):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder) / "guard.json"
            file.write_text(json.dumps({"epoll": {"get": written}}))
            with mock.patch.object(bounds, "FILE", file):
                return list(bounds.beyond("epoll", "get", counted))

    def test_what_is_written_down_passes(self):
        self.assertEqual([], self.beyond({"allocated": 24, "calls": 6}, {"allocated": 24, "calls": 6.02}))

    def test_one_system_call_more_a_request_fails_and_is_named(self):
        self.assertIn("epoll, get: 7 system calls", self.beyond({"calls": 6}, {"calls": 7})[0])

    def test_some_objects_more_a_request_fail(self):
        self.assertEqual(1, len(self.beyond({"allocated": 0}, {"allocated": 240})))

    def test_a_header_line_more_to_the_upstream_fails(self):
        self.assertEqual(1, len(self.beyond({"sent": 284}, {"sent": 300})))

    def test_a_count_that_is_not_written_down_fails(self):
        self.assertIn("expected", self.beyond({}, {"sent": 284})[0])

    def test_each_case_is_written_down_for_each_transport(self):
        written = json.loads(bounds.FILE.read_text())
        for transport in ("epoll", "io_uring"):
            self.assertEqual({"all", *(case.key for case in CASES)}, set(written[transport]))


if __name__ == "__main__":
    unittest.main()
