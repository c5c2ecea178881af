"""Medians, ratios within the same rounds, and the table made of them."""

import unittest

from bench import report, stats
from bench.cases import CASES

CASE = {case.key: case for case in CASES}


class Ratios(unittest.TestCase):
    def test_a_round_that_was_slow_for_all_does_not_count(self):
        self.assertEqual(0.5, stats.ratio([10, 50, 10], [20, 100, 20]))

    def test_nothing_to_compare_with(self):
        self.assertIsNone(stats.ratio([1, 2], []))


class Tables(unittest.TestCase):
    def test_shows_ratios_to_nginx_and_haproxy(self):
        rows = {"laneway": {"cpu": [9, 11], "failed": [0, 0]}, "nginx": {"cpu": [10, 10], "failed": [0, 1]}, "caddy": {}}
        lines = report.grid(CASE["get-64"], {"rows": rows, "left": {}})
        self.assertEqual(["proxy", "CPU µs/req", "failed", "× nginx", "× haproxy"], lines[0])
        self.assertEqual(["laneway", "10.00 (9.00–11.00)", "0", "1.00", "–"], lines[1])
        self.assertEqual(["nginx", "10.00 (10.00–10.00)", "1", "1.00", "–"], lines[2])
        self.assertEqual(3, len(lines))

    def test_holds_a_proxy_against_itself_where_a_case_has_variants(self):
        rows = {"laneway (one lane)": {"cpu": [10]}, "laneway (6 000 × 800)": {"cpu": [11]}}
        lines = report.grid(CASE["lanes"], {"rows": rows, "left": {}})
        self.assertEqual("× own one lane", lines[0][-1])
        self.assertEqual("1.10", lines[2][-1])

    def test_says_what_a_virtual_machine_took_only_where_there_is_one(self):
        java = {"cpu": [9, 11], "compilers": [0.5, 2.5], "collections": [0, 0]}
        other = {"cpu": [10, 10], "compilers": [0, 0], "collections": [0, 0]}
        self.assertEqual("compilers", report.grid(CASE["get-64"], {"rows": {"laneway": java, "nginx": other}, "left": {}})[0][2])
        self.assertNotIn("compilers", report.grid(CASE["get-64"], {"rows": {"nginx": other}, "left": {}})[0])

    def test_markdown_has_a_rule_under_its_headings(self):
        self.assertEqual("| a | b |\n| --- | --: |\n| 1 | 2 |", report.markdown([["a", "b"], ["1", "2"]]))


if __name__ == "__main__":
    unittest.main()
