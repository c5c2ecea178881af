"""The proxies that are compared. Each module says, in one proxy's own words, the same work: route by `trace-branch` over
the case's table, add `X-Forwarded-For`, keep connections alive on both sides, write a line of access log a request."""

import dataclasses
import pathlib

HTTP1, TLS, H2C, GRPC = "HTTP/1.1", "HTTP/1.1 over TLS 1.3", "h2c to HTTP/1.1", "gRPC, h2c to h2c"


@dataclasses.dataclass(frozen=True)
class Setup:
    """What a proxy is started with: a folder of its own, the port to take, the table, and how clients speak to it."""

    folder: pathlib.Path
    port: int
    spare: int  # a second free port: admin or runtime interface
    third: int  # another, of what watches the proxy
    control: int  # of a companion whose table the proxy follows; 0 when the table stands still
    table: object
    front: str
    certificate: object = None  # has .pem (certificate), .key, .both
    access_log: bool = True
    streams: bool = False  # upgrades, bodies that are not to be gathered, and some 10 000 connections on either side

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path


@dataclasses.dataclass(frozen=True)
class Command:
    """How to start a proxy that was set up."""

    arguments: list
    environment: dict = dataclasses.field(default_factory=dict)


class Peer:
    """One proxy. `warm` is how many seconds of load it gets before it is measured (compilers of virtual machines)."""

    name = ""
    warm = 2
    fronts = (HTTP1, TLS, H2C, GRPC)
    routes = True  # false: a floor that reads nothing
    changeable = False  # whether its table can change a hundred times a second
    retries = False  # whether a second endpoint of weight 1 and retries are written here
    scrapable = False  # whether its metrics can be read
    lints = False
    note = ""

    def missing(self):
        """Why this proxy cannot run here, or None."""
        raise NotImplementedError

    def version(self):
        raise NotImplementedError

    def unable(self, case):
        """Why this proxy cannot do this case, or None."""
        if case.changes and not self.changeable:
            return "a change of its table is a reload"
        if case.retries and not self.retries:
            return "retries are not written here"
        if case.scraped and not self.scrapable:
            return "no metrics of deployments"
        if case.kind == "lint" and not self.lints:
            return "no lint of its own"
        return None if case.front in self.fronts else f"no {case.front}"

    def prepare(self, setup):
        """Writes the configuration; returns the Command that starts the proxy in the foreground."""
        raise NotImplementedError

    def companion(self, setup, cores):
        """A process that must run before the proxy for its table to change (`setup.control` is set), or None."""
        return None

    def attend(self, setup, cores):
        """A process that watches the proxy once it runs, or None."""
        return None

    def applied(self, setup):
        """A number that grows by one with each table change the proxy has applied, or None when it has none."""
        return None

    def seen(self, setup, begun):
        """What the proxy itself says of a turn: called with None as it begins, then with what that returned; metrics, or None."""
        return None

    def scrape(self, setup):
        """Reads its metrics once; raises OSError when there are none."""
        raise NotImplementedError

    def change(self, setup, number):
        """Applies the `number`-th table change; raises OSError when it was refused."""
        raise NotImplementedError
