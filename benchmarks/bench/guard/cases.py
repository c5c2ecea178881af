"""The cases: how each one's client asks."""

import dataclasses
import typing

from .wire import Http1, Http2

HEAD = "{} /orders/17?page=2 HTTP/1.1\r\nHost: {}\r\nUser-Agent: guard\r\nAccept: */*\r\ntrace-branch: f-1\r\n{}\r\n"
MANY = "".join(f"X-Field-{number}: value-{number}\r\n" for number in range(38)) + f"Cookie: session={'c' * 4000}\r\n"


@dataclasses.dataclass(frozen=True)
class Case:
    key: str
    what: str
    connect: typing.Callable  # (port of the clear listener, port of the TLS listener) -> client


def _head(method="GET", host="order.test", more=""):
    return HEAD.format(method, host, more).encode()


CASES = (
    Case("get", "GET, 100 bytes back", lambda clear, tls: Http1(clear, _head())),
    Case("post", "POST of 10 KB", lambda clear, tls: Http1(clear, _head("POST", more="Content-Length: 10000\r\n") + b"p" * 10_000)),
    Case("headers", "GET with 42 headers and a cookie of 4 KB", lambda clear, tls: Http1(clear, _head(more=MANY))),
    Case("fallback", "GET whose lane falls back over three parents",
         lambda clear, tls: Http1(clear, _head(host="stock.test").replace(b"f-1", b"f-deep"))),
    Case("tls", "GET over TLS", lambda clear, tls: Http1(tls, _head(), tls=True)),
    Case("http2", "GET over HTTP/2, HTTP/1.1 behind", lambda clear, tls: Http2(clear, (
        (b":method", b"GET"), (b":scheme", b"http"), (b":authority", b"order.test"), (b":path", b"/orders/17?page=2"),
        (b"user-agent", b"guard"), (b"accept", b"*/*"), (b"trace-branch", b"f-1")))),
)
