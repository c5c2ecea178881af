"""Who asks: wrk and h2load as fast as they can, and a fixed-rate generator for latency."""

import contextlib
import dataclasses
import json
import re
import shutil
import subprocess
import sys

from . import java, peers
from .paths import BENCHMARKS
from .process import Failed


@dataclasses.dataclass(frozen=True)
class Outcome:
    """What a load did: answers, those that were not 2xx, and requests that got none."""

    requests: int
    bad: int
    broken: int
    seconds: float


class Turns:
    """A load that opens connections of its own for each run."""

    @contextlib.contextmanager
    def opened(self, setup, cores):
        """Gives what runs it for some seconds."""
        yield lambda seconds: self.run(setup, seconds, cores)


@dataclasses.dataclass(frozen=True)
class Wrk(Turns):
    """HTTP/1.1, every connection with one request at a time. `rotate`: header lists of which each request takes the next."""

    connections: int = 64
    path: str = "/"
    script: str = ""
    headers: tuple = (("Host", "order.test"), ("trace-branch", "f-1"))
    rotate: tuple = ()

    def run(self, setup, seconds, cores):
        scheme = "https" if setup.front == peers.TLS else "http"
        command = ["wrk", "-t", str(min(len(cores), self.connections)), "-c", str(self.connections),
                   "-d", f"{seconds}s", "--timeout", "10s"]
        for name, value in self.headers:
            command += ["-H", f"{name}: {value}"]
        arguments = []
        if self.rotate:
            listing = setup.write("rotate.txt", "".join(
                "\t".join(f"{name}: {value}" for name, value in entry) + "\n" for entry in self.rotate))
            command += ["-s", BENCHMARKS / "lua" / "rotate.lua"]
            arguments = ["--", listing]
        elif self.script:
            command += ["-s", BENCHMARKS / "lua" / self.script]
        return parse_wrk(_run(command + [f"{scheme}://127.0.0.1:{setup.port}{self.path}", *arguments], seconds, cores))


@dataclasses.dataclass(frozen=True)
class H2load(Turns):
    """HTTP/2 with prior knowledge, several streams a connection; a gRPC unary call when `grpc`."""

    connections: int = 16
    streams: int = 16
    grpc: bool = False

    def run(self, setup, seconds, cores):
        command = ["h2load", "-t", "1", "-c", str(self.connections), "-m", str(self.streams), "-D", str(seconds),
                   "-H", ":authority: order.test", "-H", "trace-branch: f-1"]
        path = "/"
        if self.grpc:
            message = setup.folder / "message"
            message.write_bytes(b"\0\0\0\0\x20" + b"x" * 32)
            command += ["-d", message, "-H", "content-type: application/grpc", "-H", "te: trailers"]
            path = "/bench.Bench/Call.grpc"
        return parse_h2load(_run(command + [f"http://127.0.0.1:{setup.port}{path}"], seconds, cores))


@dataclasses.dataclass(frozen=True)
class Handshakes(Turns):
    """TLS connections one after another, a request each; `resumed`: with the session of the one before."""

    resumed: bool

    def run(self, setup, seconds, cores):
        command = [sys.executable, BENCHMARKS / "bench" / "handshakes.py", setup.port, seconds, "resumed" if self.resumed else "new"]
        return parse_handshakes(_run(command, seconds, cores), self.resumed)


def parse_handshakes(text, resumed):
    seen = json.loads(text)
    # The first of a turn has no session yet.
    if resumed and seen["resumed"] < 0.9 * (seen["requests"] - 1):
        raise Failed(f"{seen['resumed']} of {seen['requests']} connections resumed a session (expected: nine of ten at least)")
    return Outcome(seen["requests"], seen["bad"], seen["broken"], seen["seconds"])


def missing(tool):
    package = {"h2load": "nghttp2-client", "nghttp": "nghttp2-client", "javac": "of a JDK", "cc": "gcc"}.get(tool, tool)
    return None if shutil.which(tool) else f"no {tool} on the PATH (package {package})"


def parse_wrk(text):
    done = re.search(r"(\d+) requests in ([\d.]+)(m?s|m)", text)
    if not done:
        raise Failed(f"wrk: no count of requests in {text[-300:]!r}")
    seconds = float(done[2]) * {"s": 1, "ms": 0.001, "m": 60}[done[3]]
    bad = re.search(r"Non-2xx or 3xx responses: (\d+)", text)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", text)
    return Outcome(int(done[1]), int(bad[1]) if bad else 0, sum(map(int, broken.groups())) if broken else 0, seconds)


def parse_h2load(text):
    done = re.search(r"requests: \d+ total, \d+ started, (\d+) done, \d+ succeeded, (\d+) failed, (\d+) errored, (\d+) timeout", text)
    took = re.search(r"finished in ([\d.]+)(ms|us|s|m)", text)
    codes = re.search(r"status codes: (\d+) 2xx, (\d+) 3xx, (\d+) 4xx, (\d+) 5xx", text)
    if not (done and took and codes):
        raise Failed(f"h2load: no count of requests in {text[-300:]!r}")
    seconds = float(took[1]) * {"s": 1, "ms": 0.001, "us": 0.000001, "m": 60}[took[2]]
    return Outcome(int(done[1]), sum(map(int, codes.groups()[1:])), int(done[3]) + int(done[4]), seconds)


@dataclasses.dataclass(frozen=True)
class Latency:
    """Microseconds from when a request was due to its answer, at a fixed rate; `unsent` were due but never got a turn."""

    rate: float
    requests: int
    bad: int
    unsent: int
    p50: float
    p99: float
    p999: float
    longest: float


def fixed_rate(setup, wrk, rate, seconds, cores):
    """Asks at a fixed rate over as many connections as `wrk` has, in the clear and with its headers."""
    headers = [f"{name}: {value}" for name, value in wrk.headers]
    command = ["java", "-XX:+UseSerialGC", "-Xms256m", "-Xmn192m", "-Xmx256m", "-cp", java.classes(),
               "io.laneway.benchmarks.load.FixedRate", str(setup.port), str(wrk.connections), str(int(rate)),
               str(seconds), wrk.path, *headers]
    return Latency(**json.loads(_run(command, seconds + 10, cores)))


def _run(command, seconds, cores):
    pinned = ["taskset", "-c", ",".join(map(str, cores)), *map(str, command)]
    done = subprocess.run(pinned, capture_output=True, text=True, timeout=seconds + 60)
    if done.returncode:
        raise Failed(f"{command[0]} ended with {done.returncode}: {(done.stdout + done.stderr)[-400:]}")
    return done.stdout
