"""The lane table that every proxy of a case routes by, written once here and in each proxy's own words elsewhere."""

import dataclasses
import itertools


@dataclasses.dataclass(frozen=True)
class Service:
    """A service: its host, and the upstream port of each of its lanes. What has no deployment is served by `base`."""

    name: str
    ports: dict  # lane -> port

    @property
    def host(self):
        return f"{self.name}.test"


@dataclasses.dataclass(frozen=True)
class Table:
    """Lanes, services and, for a shift, the share of tenants (by the header `x-tenant-id`) that lane `G0` gets."""

    lanes: tuple
    services: tuple
    share: int = 0
    protocol: str = "http1"
    base: str = "master"
    parents: dict = dataclasses.field(default_factory=dict)  # lane -> lane, the base where none is named
    quitting: int = 0  # port of an endpoint beside each, of weight 1 to its 99, that ends connections without a response

    def wanted(self):
        """(host, lane) of deployments that differ from the base: what a load may rotate over."""
        return [(service.host, lane) for service in self.services for lane in service.ports if lane != self.base]

    def changed(self, number):
        """(lane, port) of the `number`-th change of a one-service table: lane after lane moves to the next port. So one in
        a hundred changes is to f-1, which the load asks for."""
        lanes = list(self.services[0].ports)[1:]
        ports = self.ports()
        return lanes[number % len(lanes)], ports[number // len(lanes) % len(ports)]

    def ports(self):
        return sorted({port for service in self.services for port in service.ports.values()})


def small(ports, protocol="http1"):
    """One service in the base lane and in lane f-1."""
    return Table(("f-1",), (Service("order", {"master": ports[0], "f-1": ports[1]}),), protocol=protocol)


def chained(ports):
    """One service in the base lane alone, three parents above lane p-3."""
    return Table(("p-1", "p-2", "p-3"), (Service("order", {"master": ports[0]}),), parents={"p-2": "p-1", "p-3": "p-2"})


def flaky(ports):
    """As the small one, with an endpoint beside each that one of a hundred requests is sent to in vain."""
    return dataclasses.replace(small(ports), quitting=ports.quitting)


def changing(ports):
    """One service in the base lane and in 100 others, of which f-1 is the first."""
    lanes = ("f-1", *(f"other-{n}" for n in range(1, 100)))
    return Table(lanes, (Service("order", {"master": ports[0], **{lane: ports[1] for lane in lanes}}),))


def shifted(ports):
    """One service in the base lane and in environment G0, which gets 20 % of the tenants."""
    return Table(("G0",), (Service("order", {"master": ports[0], "G0": ports[1]}),), share=20)


def large(ports, lanes=6000, services=800, lane_size=5):
    """Many lanes of `lane_size` services each, beside a base lane that has every service; endpoints repeat over few ports."""
    port = itertools.cycle(ports)
    deployments = [{"master": next(port)} for _ in range(services)]
    for lane in range(lanes):
        for member in range(lane_size):
            # A prime stride spreads each lane's services over the whole list.
            deployments[(lane * lane_size + member * 131) % services][f"lane-{lane}"] = next(port)
    names = tuple(f"lane-{lane}" for lane in range(lanes))
    return Table(names, tuple(Service(f"svc-{n}", ports) for n, ports in enumerate(deployments)))
