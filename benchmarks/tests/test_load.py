"""What wrk and h2load print is read rightly, failures included."""

import unittest

from bench import load
from bench.process import Failed

WRK = """Running 2s test @ http://127.0.0.1:1/
  1 threads and 64 connections
  Thread Stats   Avg      Stdev     Max   +/- Stdev
    Latency     1.00ms    1.00ms  10.00ms   90.00%
  107100 requests in 2.10s, 20.00MB read
"""
H2LOAD = """finished in 2.01s, 13472.00 req/s, 1.00MB/s
requests: 26944 total, 27200 started, 26944 done, 26900 succeeded, 44 failed, 3 errored, 1 timeout
status codes: 26900 2xx, 0 3xx, 4 4xx, 36 5xx
"""


class WrkOutput(unittest.TestCase):
    def test_counts_requests_and_seconds(self):
        self.assertEqual(load.Outcome(107100, 0, 0, 2.1), load.parse_wrk(WRK))

    def test_counts_what_failed(self):
        text = WRK + "  Socket errors: connect 1, read 2, write 3, timeout 4\n  Non-2xx or 3xx responses: 12\n"
        seen = load.parse_wrk(text)
        self.assertEqual((12, 10), (seen.bad, seen.broken))

    def test_understands_minutes(self):
        self.assertEqual(60.0, load.parse_wrk("5 requests in 1.00m, 1MB read").seconds)

    def test_says_when_there_is_no_count(self):
        with self.assertRaisesRegex(Failed, "no count of requests"):
            load.parse_wrk("unable to connect")


class HandshakesOutput(unittest.TestCase):
    SEEN = '{"requests": 100, "bad": 1, "broken": 2, "resumed": %d, "seconds": 2.5}'

    def test_counts_connections(self):
        self.assertEqual(load.Outcome(100, 1, 2, 2.5), load.parse_handshakes(self.SEEN % 0, False))
        self.assertEqual(load.Outcome(100, 1, 2, 2.5), load.parse_handshakes(self.SEEN % 99, True))

    def test_a_proxy_that_resumes_nothing_is_not_measured_for_it(self):
        with self.assertRaisesRegex(Failed, "3 of 100 connections resumed"):
            load.parse_handshakes(self.SEEN % 3, True)


class H2loadOutput(unittest.TestCase):
    def test_counts_answers_and_failures(self):
        self.assertEqual(load.Outcome(26944, 40, 4, 2.01), load.parse_h2load(H2LOAD))

    def test_says_when_there_is_no_count(self):
        with self.assertRaisesRegex(Failed, "no count of requests"):
            load.parse_h2load("")


if __name__ == "__main__":
    unittest.main()
