"""Streams and bulk: uploads, tunnels, WebSockets and server-sent events, by a server and a generator of the bench's own (C)."""

import contextlib
import dataclasses
import json
import subprocess
import threading
import time

from . import probe
from .load import Outcome
from .machine import free_ports, raise_file_limit
from .paths import BENCHMARKS, TARGET
from .process import Failed, Process

PORTS = 2
# Of a process's descriptors, those that are no streams.
OTHERS = 600
# A proxy is given so long for each to close its side, before others are opened.
CLOSING = 0.0001
# The generator gives up by itself when its connections are not open by then, or soon after the seconds it counts.
PATIENCE = 70


def built(name):
    """The program, compiled anew when its source changed."""
    TARGET.mkdir(parents=True, exist_ok=True)
    folder = BENCHMARKS / "streams"
    source, program = folder / f"{name}.c", TARGET / f"streams-{name}"
    if not program.exists() or program.stat().st_mtime < max(file.stat().st_mtime for file in (source, *folder.glob("*.h"))):
        done = subprocess.run(["cc", "-O2", "-Wall", "-Wextra", "-o", program, source], capture_output=True, text=True)
        if done.returncode:
            raise Failed(f"{source.name} does not compile: {done.stderr[-400:]}")
    return program


class StreamUpstream:
    """Reads bodies to their end, gives messages and bytes back, and sends events; /check as of the others."""

    protocol = "http1"

    def __init__(self, folder, cores):
        folder.mkdir(parents=True)
        self.ports = free_ports(PORTS)
        self._process = Process("upstream of streams", [built("serve"), *self.ports], cores, folder / "output.log")
        probe.until(self._process, lambda: probe.get(self.ports[0], "/check", {})[0] == 200)

    def stop(self):
        self._process.stop()
        said = self._process.last_words()
        if said:
            raise Failed(f"the upstream of streams says: {said}")


@dataclasses.dataclass(frozen=True)
class Streams:
    """`kind` as of `streams/load.c`. As many connections as asked for, or as a proxy, which needs two of its descriptors for
    each, may open."""

    kind: str
    connections: int

    def run(self, setup, seconds, cores):
        with self.opened(setup, cores) as drive:
            return drive(seconds)

    @contextlib.contextmanager
    def opened(self, setup, cores):
        """All connections stand, with traffic on them: gives what counts it for some seconds."""
        count = min(self.connections, (raise_file_limit() - OTHERS) // 2)
        command = ["taskset", "-c", ",".join(map(str, cores)), built("load"), self.kind, setup.port, count]
        generator = subprocess.Popen([str(part) for part in command], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                     stderr=subprocess.PIPE, text=True)
        try:
            line_of(generator, PATIENCE)
            yield lambda seconds: _count(generator, seconds)
        finally:
            generator.kill()
            generator.communicate()
            time.sleep(count * CLOSING)


def _count(generator, seconds):
    generator.stdin.write(f"{seconds}\n")
    generator.stdin.flush()
    return parse(line_of(generator, seconds + PATIENCE))


def line_of(generator, patience):
    """The next line that the generator prints; fails with what it says when it ends or is silent for too long."""
    watchdog = threading.Timer(patience, generator.kill)
    watchdog.start()
    try:
        line = generator.stdout.readline()
    finally:
        watchdog.cancel()
    if not line:
        raise Failed(f"load of streams: {generator.stderr.read()[-400:].strip() or f'silent for {patience} s'}")
    return line


def parse(line):
    """What the generator counted: units as requests."""
    said = json.loads(line)
    return Outcome(said["units"], 0, said["broken"], said["seconds"])
