"""CPU time by the threads of a virtual machine."""

import os
import unittest

from bench.process import _threads, machinery_between


class Machinery(unittest.TestCase):
    def test_is_summed_by_kind_and_counts_threads_that_began_meanwhile(self):
        before = {("compilers", "7"): 1.0, ("collections", "8"): 0.5, ("compilers", "6"): 3.0}
        after = {("compilers", "7"): 1.5, ("collections", "8"): 0.5, ("compilers", "9"): 0.25}
        self.assertEqual({"compilers": 0.75, "collections": 0.0}, machinery_between(before, after))

    def test_a_process_that_has_ended_has_no_threads(self):
        self.assertEqual([], _threads(2**30))
        self.assertIn(str(os.getpid()), _threads(os.getpid()))


if __name__ == "__main__":
    unittest.main()
