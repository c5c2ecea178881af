"""Times count from when a request was due; the histogram is exact to 1 in 128; both rates come of what the proxies can do."""

import contextlib
import pathlib
import shutil
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from bench import paced, process, streams, tail
from bench.paths import BENCHMARKS
from bench.process import Failed

CORES = (0,)
STALL = 0.2
QUANTILES = """
#include <stdio.h>
#include <stdlib.h>
#include "histogram.h"
int main(int count, char **arguments) {
    static struct histogram of;
    unsigned long long value;
    while (scanf("%llu", &value) == 1) record(&of, value);
    for (int i = 1; i < count; i++) printf("%llu\\n", (unsigned long long) quantile(&of, atof(arguments[i])));
    return 0;
}
"""


class Rates(unittest.TestCase):
    def test_half_of_each_and_half_of_the_slowest(self):
        rows = {"fast": {"capacity": [100, 80, 90]}, "slow": {"capacity": [40]}, "fell out": {}}
        self.assertEqual(({"fast": 45, "slow": 20}, 20), tail.rates(rows))

    def test_the_thread_that_ran_most_is_the_one_whose_waiting_counts(self):
        before, after = {"1": (5.0, 1.0), "2": (0.0, 0.0)}, {"1": (5.1, 9.0), "2": (3.0, 0.5), "3": (1.0, 7.0)}
        self.assertEqual((3.0, 0.5), process.busiest_between(before, after))
        self.assertEqual((0, 0), process.busiest_between({}, {}))


@unittest.skipUnless(shutil.which("cc"), "no C compiler (cc) to build the generator with")
class Histogram(unittest.TestCase):
    def quantiles(self, values, *shares):
        with tempfile.TemporaryDirectory() as folder:
            source, program = pathlib.Path(folder, "quantiles.c"), pathlib.Path(folder, "quantiles")
            source.write_text(QUANTILES)
            subprocess.run(["cc", "-Wall", "-Wextra", "-Werror", "-I", BENCHMARKS / "streams", "-o", program, source], check=True)
            done = subprocess.run([program, *map(str, shares)], input="\n".join(map(str, values)), capture_output=True, text=True)
        return [int(line) for line in done.stdout.split()]

    def test_is_off_by_one_in_128_at_most_over_all_sizes(self):
        for size in (1, 100, 255, 256, 257, 10_000, 123_456_789, 2**40 + 12_345):
            values = [size * n for n in range(1, 1001)]
            for share, seen in zip((0.5, 0.99, 0.999, 1), self.quantiles(values, 0.5, 0.99, 0.999, 1)):
                exact = values[round(share * 1000) - 1]
                with self.subTest(size=size, share=share):
                    self.assertGreaterEqual(seen, exact)
                    self.assertLessEqual(seen, exact * (1 + 1 / 128))

    def test_of_nothing_is_nothing(self):
        self.assertEqual([0, 0], self.quantiles([], 0.5, 1))


@unittest.skipUnless(shutil.which("cc"), "no C compiler (cc) to build the generator with")
class Turns(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.paced = paced.Paced(pathlib.Path(folder.name) / "upstream", CORES)
        self.addCleanup(self.paced.stop)

    def test_every_request_that_is_due_is_asked(self):
        seen = self.paced.ask(self.paced.ports[1], 8, 2000, 1)
        self.assertEqual((2000, 0, 0), (seen.requests, seen.bad, seen.lost))
        self.assertTrue(0 < seen.p50 <= seen.p99 <= seen.p999 <= seen.longest, seen)

    def test_as_fast_as_answers_come(self):
        seen = self.paced.ask(self.paced.ports[1], 8, 0, 0.5)
        self.assertGreater(seen.requests, 1000)
        self.assertEqual((0, 0), (seen.bad, seen.lost))

    def test_a_stall_is_charged_to_all_that_were_due_meanwhile(self):
        # 1000 a second over 4 connections, of which all stand still once: a closed loop would see four slow requests.
        with _stalling(self.paced.ports[0]) as port:
            seen = self.paced.ask(port, 4, 1000, 1.5)
        self.assertEqual((1500, 0, 0), (seen.requests, seen.bad, seen.lost))
        longest = max(seen.stalls, key=lambda stall: stall[1])
        self.assertGreaterEqual(longest[1], 0.9e6 * STALL)
        self.assertGreater(longest[2], 900 * STALL)
        self.assertGreater(seen.p99, 0.7e6 * STALL)
        # Most slices of 100 ms had no stall in them.
        self.assertLess(seen.slice99, 0.5e6 * STALL)

    def test_answers_that_are_none_are_counted(self):
        with _answering(b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n") as port:
            seen = self.paced.ask(port, 1, 100, 0.2)
        self.assertEqual((20, 20, 0), (seen.requests, seen.bad, seen.lost))

    def test_what_ends_its_connection_is_lost(self):
        with _answering(b"") as port:
            seen = self.paced.ask(port, 1, 100, 0.2)
        self.assertEqual((0, 21), (seen.requests, seen.lost))

    def test_a_wrong_line_ends_it_and_says_why(self):
        with self.assertRaisesRegex(Failed, "expected: PORT CONNECTIONS RATE SECONDS"):
            self.paced.ask("nowhere", 1, 100, 1)

    def test_says_how_it_is_called(self):
        done = subprocess.run([streams.built("paced")], capture_output=True, text=True)
        self.assertEqual(2, done.returncode)
        self.assertIn("usage", done.stderr)


@contextlib.contextmanager
def _server(serve):
    """Runs `serve(connection)` in a thread for each connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        def accept():
            with contextlib.suppress(OSError):
                while True:
                    threading.Thread(target=serve, args=(server.accept()[0],), daemon=True).start()
        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1]


def _stalling(port):
    """A proxy all of whose connections stand still for STALL seconds, half a second after the first."""
    begun = time.monotonic()

    def serve(client):
        with contextlib.suppress(OSError), client, socket.create_connection(("127.0.0.1", port)) as behind:
            while data := client.recv(65536):
                behind.sendall(data)
                text = behind.recv(65536)
                if begun + 0.5 < time.monotonic() < begun + 0.5 + STALL:
                    time.sleep(begun + 0.5 + STALL - time.monotonic())
                client.sendall(text)
    return _server(serve)


def _answering(text):
    """Answers each request so; without a text, by ending the connection."""
    def serve(client):
        with contextlib.suppress(OSError), client:
            while client.recv(65536) and text:
                client.sendall(text)
    return _server(serve)


if __name__ == "__main__":
    unittest.main()
