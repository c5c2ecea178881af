"""Cases beyond plain requests: what fails, what is watched, handshakes, slow readers."""

from . import table
from .cases import ONE, Case, Variant, rotating_lanes
from .load import H2load, Handshakes, Wrk
from .peers import H2C, HTTP1, TLS

DEEP = (("Host", "order.test"), ("trace-branch", "p-3"))
SCRAPED = Variant(table.large, rotating_lanes, "quiet")

WIDER = [
    Case("fallback", "GET whose lane falls back over three parents, 64 connections", HTTP1,
         (Variant(table.chained, lambda _: Wrk(64, headers=DEEP)),)),
    Case("retries", "GET, 1 % go first to an endpoint that gives no response, 64 connections", HTTP1,
         (Variant(ONE, lambda _: Wrk(64), "no failures"), Variant(table.flaky, lambda _: Wrk(64), "1 %")), retries=True),
    Case("scrape", "requests over 500 pairs of 6 000 lanes × 800 services, a scrape of the metrics a second", HTTP1,
         (SCRAPED, Variant(table.large, rotating_lanes, "scraped", scrapes=1)), scale=True, scraped=True),
    Case("h2-h2", "HTTP/2 to HTTP/2, 16 connections of 16 streams", H2C,
         (Variant(lambda ports: table.small(ports, "h2c"), lambda _: H2load()),), behind="http2"),
    Case("handshakes", "TLS 1.3, a request a connection, one after another", TLS,
         (Variant(ONE, lambda _: Handshakes(False), "full, ECDSA"), Variant(ONE, lambda _: Handshakes(True), "resumed, ECDSA"),
          Variant(ONE, lambda _: Handshakes(False), "full, RSA", certificate="rsa"))),
    Case("tail", "GET, 100 bytes, 64 connections, at half of what each can do and at half of what the slowest can", HTTP1,
         (Variant(ONE, lambda _: None),), kind="tail", behind="paced"),
    Case("slow-readers", "1 000 clients that read 1 MiB with 64 KiB a second", HTTP1, (Variant(ONE, lambda _: Wrk(64, path="/1m")),), kind="slow"),
    Case("lint", "lint of 6 000 lanes × 800 services by the control API", HTTP1, (Variant(table.large, lambda _: Wrk(64)),), kind="lint"),
]
