"""Pauses as a virtual machine writes them down."""

import pathlib
import tempfile
import types
import unittest

from bench.peers.collected import Collected

LOG = """[1.0s][info][safepoint] Safepoint "Cleanup", Time since last: 5 ns, Reaching safepoint: 1 ns, At safepoint: 2 ns, Total: 3 ns
[2.0s][info][safepoint] Safepoint "ParallelCollectForAllocation", Time since last: 7 ns, Reaching safepoint: 4967 ns, At safepoint: 10458759 ns, Leaving safepoint: 3017 ns, Total: 10466743 ns, Threads: 0 runnable, 43 total
[3.0s][info][safepoint   ] Safepoint "G1CollectForAllocation", Time since last: 9 ns, Reaching safepoint: 1000 ns, Cleanup: 500 ns, At safepoint: 1998500 ns, Total: 2000000 ns
"""


class Pauses(unittest.TestCase):
    def test_counts_what_came_since_the_turn_began(self):
        peer = Collected.__new__(Collected)
        with tempfile.TemporaryDirectory() as folder:
            setup = types.SimpleNamespace(folder=pathlib.Path(folder))
            log = setup.folder / "pauses.log"
            first, rest = LOG.split("\n", 1)
            log.write_text(first + "\n")
            begun = peer.seen(setup, None)
            log.write_text(LOG)
            seen = peer.seen(setup, begun)
        self.assertEqual(2, seen["pauses"])
        self.assertAlmostEqual(10.466743, seen["longestPause"])
        self.assertAlmostEqual(6.2333715, seen["pause"])


if __name__ == "__main__":
    unittest.main()
