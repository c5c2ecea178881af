"""Every proxy is told the same table."""

import pathlib
import tempfile
import unittest

from bench import cases, every, peers, table, upstream
from bench.peers.all import PEERS
from bench.peers.laneway import document

PORTS = list(range(9001, 9009))


class Tables(unittest.TestCase):
    def test_the_large_one_has_30_000_deployments_beside_the_base(self):
        lanes = table.large(PORTS)
        self.assertEqual((6000, 800), (len(lanes.lanes), len(lanes.services)))
        self.assertEqual(30_000, len(lanes.wanted()))
        self.assertTrue(all("master" in service.ports for service in lanes.services))

    def test_a_rotation_over_the_large_one_touches_most_services(self):
        rotation = cases.rotating_lanes(table.large(PORTS)).rotate
        self.assertGreater(len({dict(entry)["Host"] for entry in rotation}), 400)

    def test_a_hundred_changes_touch_every_lane_once_and_really_change_it(self):
        lanes = table.changing(PORTS)
        changes = [lanes.changed(number) for number in range(200)]
        self.assertEqual(100, len({lane for lane, _ in changes[:100]}))
        self.assertTrue(all(first != second for first, second in zip(changes[:100], changes[100:])))

    def test_a_shift_keeps_its_share_in_lanes_document(self):
        shift = document(table.shifted(PORTS))["shifts"][0]
        self.assertEqual([{"lane": "G0", "share": "20%"}], shift["environments"])


    def test_a_chain_names_its_parents(self):
        lanes = document(table.chained(PORTS))["lanes"]
        self.assertEqual([("p-1", "master"), ("p-2", "p-1"), ("p-3", "p-2")], [(lane["name"], lane["parent"]) for lane in lanes])


class Configurations(unittest.TestCase):
    def test_each_peer_names_every_port_of_a_small_table(self):
        for peer in PEERS:
            if not peer.routes or peer.name.startswith("laneway"):
                continue
            with self.subTest(peer.name), tempfile.TemporaryDirectory() as folder:
                setup = peers.Setup(pathlib.Path(folder), 8080, 8081, 8082, 0, table.small(PORTS), peers.HTTP1)
                peer.prepare(setup)
                written = "".join(file.read_text() for file in pathlib.Path(folder).iterdir())
                for port in PORTS[:2]:
                    self.assertIn(str(port), written)

    def test_one_of_a_hundred_requests_goes_to_the_endpoint_that_quits(self):
        ports = upstream.Ports(PORTS)
        ports.quitting = 9100
        for peer in PEERS:
            if not peer.retries:
                continue
            with self.subTest(peer.name), tempfile.TemporaryDirectory() as folder:
                setup = peers.Setup(pathlib.Path(folder), 8080, 8081, 8082, 0, table.flaky(ports), peers.HTTP1)
                peer.prepare(setup)
                written = "".join(file.read_text() for file in pathlib.Path(folder).iterdir())
                self.assertEqual(written.count("9100"), 2, written)
                self.assertIn("99", written)

    def test_a_peer_that_cannot_do_a_case_says_why(self):
        for peer in PEERS:
            for case in every.CASES:
                why = peer.unable(case)
                self.assertTrue(why is None or len(why) > 5, f"{peer.name} {case.key}: {why!r}")


if __name__ == "__main__":
    unittest.main()
