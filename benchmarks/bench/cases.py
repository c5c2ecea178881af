"""What is asked of every proxy. A case is one kind of request; a variant is one table or circumstance within it, run in
the same rounds, so that a proxy can be held against itself."""

import dataclasses

from . import table, token
from .load import H2load, Wrk
from .peers import GRPC, H2C, HTTP1, TLS
from .streams import Streams


@dataclasses.dataclass(frozen=True)
class Variant:
    """`label` is empty when a case has just one; `changes` table changes and `scrapes` of the metrics happen a second meanwhile."""

    table: object  # ports -> Table
    load: object  # Table -> load
    label: str = ""
    changes: int = 0
    scrapes: int = 0
    certificate: str = "ec"  # or rsa


@dataclasses.dataclass(frozen=True)
class Case:
    key: str
    title: str
    front: str
    variants: tuple
    fixed_rate: bool = False
    scale: bool = False
    shift: bool = False
    changes: bool = False
    pauses: bool = False  # collectors of the virtual machine are compared too
    retries: bool = False  # one of a hundred requests goes first to an endpoint that gives no response
    scraped: bool = False
    behind: str = ""  # what the upstream is, where the front does not say it: http2 | paced
    kind: str = "load"  # load | tail | idle | start | slow | lint
    unit: str = "req"  # what CPU time is counted for
    streams: bool = False  # load and upstream are the bench's own
    bulk: bool = False  # bytes by the MiB: proxies with larger buffers, or that splice, are compared too

    @property
    def protocol(self):
        return self.behind or ("streams" if self.streams else "h2c" if self.front == GRPC else "http1")

    @property
    def tools(self):
        """The programs that load and checks need."""
        if self.streams or self.behind == "paced":
            return ("cc",)
        return {TLS: ("wrk", "openssl"), H2C: ("h2load", "nghttp"), GRPC: ("h2load", "nghttp")}.get(self.front, ("wrk",))


def _get(connections, **more):
    return lambda _: Wrk(connections, **more)


def _streams(kind, connections):
    return lambda _: Streams(kind, connections)


def rotating_lanes(lanes):
    """Every 59th pair of host and lane: some 500 of 30 000, over all services."""
    return Wrk(rotate=tuple((("Host", host), ("trace-branch", lane)) for host, lane in lanes.wanted()[::59]), headers=())


def _tenants(_):
    return Wrk(headers=(), rotate=tuple((("Host", "order.test"), ("x-tenant-id", f"tenant-{n}")) for n in range(1000)))


def _token(_):
    return Wrk(64, headers=(("Host", "order.test"), ("trace-branch", "f-1"), ("Authorization", "Bearer " + token.make().text)))


# What browsers of a company send: many fields, and a session of 4 KB.
BROWSER = (("Host", "order.test"), ("trace-branch", "f-1"), *((f"X-Field-{n}", f"value-{n}") for n in range(37)),
           ("Cookie", "session=" + "c" * 4000))
CLOSING = (("Host", "order.test"), ("trace-branch", "f-1"), ("Connection", "close"))

ONE = table.small
QUIET = Variant(table.changing, _get(64), "quiet")
CASES = [
    Case("get-1", "GET, 100 bytes, 1 connection", HTTP1, (Variant(ONE, _get(1)),)),
    Case("get-64", "GET, 100 bytes, 64 connections", HTTP1, (Variant(ONE, _get(64)),), fixed_rate=True),
    Case("get-256", "GET, 100 bytes, 256 connections", HTTP1, (Variant(ONE, _get(256)),), fixed_rate=True),
    Case("post-10k", "POST 10 KB, 64 connections", HTTP1, (Variant(ONE, _get(64, script="post.lua")),)),
    Case("post-1m", "POST 1 MiB, 16 connections", HTTP1, (Variant(ONE, _get(16, script="post-1m.lua")),)),
    Case("post-100m", "POST 100 MiB, 4 connections", HTTP1, (Variant(ONE, _streams("upload", 4)),), unit="MiB", streams=True,
         bulk=True),
    Case("tunnel", "bytes both ways over 4 upgraded connections", HTTP1, (Variant(ONE, _streams("tunnel", 4)),), unit="MiB",
         streams=True, bulk=True),
    Case("websockets", "messages of 1 KB both ways through 1 000 WebSockets", HTTP1, (Variant(ONE, _streams("websockets", 1000)),),
         unit="message", streams=True),
    Case("sse", "10 000 streams of server-sent events, a message a second on each", HTTP1,
         (Variant(ONE, _streams("events", 10_000)),), unit="message", streams=True),
    Case("headers", "GET with 40 headers and a cookie of 4 KB, 64 connections", HTTP1, (Variant(ONE, _get(64, headers=BROWSER)),)),
    Case("pipelined", "GET, 16 requests at once on each of 16 connections", HTTP1, (Variant(ONE, _get(16, script="pipelined.lua")),)),
    Case("close", "GET, each on a connection of its own, 64 at a time", HTTP1, (Variant(ONE, _get(64, headers=CLOSING)),)),
    Case("tls-close", "the same over TLS 1.3: full handshakes, ECDSA", TLS, (Variant(ONE, _get(64, headers=CLOSING)),)),
    Case("token", "GET with a token in Authorization, 64 connections", HTTP1, (Variant(ONE, _token),)),
    Case("get-1m", "GET, 1 MiB, 16 connections", HTTP1, (Variant(ONE, _get(16, path="/1m")),), bulk=True),
    Case("tls", "GET over TLS 1.3, 64 connections", TLS, (Variant(ONE, _get(64)),)),
    Case("h2", "HTTP/2 to HTTP/1.1, 16 connections of 16 streams", H2C, (Variant(ONE, lambda _: H2load()),)),
    Case("grpc", "gRPC unary, h2c to h2c, 16 connections of 16 streams", GRPC,
         (Variant(lambda ports: table.small(ports, "h2c"), lambda _: H2load(grpc=True)),)),
    Case("lanes", "6 000 lanes × 800 services (30 000 deployments), 64 connections", HTTP1,
         (Variant(ONE, _get(64), "one lane"), Variant(table.large, rotating_lanes, "6 000 × 800")), scale=True),
    Case("changes", "100 table changes a second, 64 connections", HTTP1,
         (QUIET, dataclasses.replace(QUIET, label="changing", changes=100)), changes=True),
    Case("tenants", "shift of 20 % of 1 000 tenants, 64 connections", HTTP1, (Variant(table.shifted, _tenants),), shift=True),
    Case("pauses", "HTTP/2 to HTTP/1.1 by collector, 16 connections of 16 streams", H2C, (Variant(ONE, lambda _: H2load()),), pauses=True),
    Case("idle", "10 000 idle connections", HTTP1, (Variant(ONE, _get(64)),), kind="idle"),
    Case("start", "start until ready, and memory", HTTP1, (Variant(ONE, _get(64)),), kind="start"),
]
