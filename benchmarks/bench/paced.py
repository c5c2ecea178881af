"""The generator of `tail`, which is its upstream too: `streams/paced.c`."""

import dataclasses
import json
import subprocess
import time

from . import probe
from .machine import free_ports, settle
from .process import Failed
from .streams import PATIENCE, built, line_of

PORTS = 2


@dataclasses.dataclass(frozen=True)
class Seen:
    """What came of a turn; times in microseconds, from when each request was due."""

    requests: int
    bad: int
    lost: int  # due, but without an answer
    seconds: float
    p50: float
    p99: float
    p999: float
    longest: float
    slice99: float  # the medians of slices of 100 ms
    slice999: float
    paused: float  # sum of the generator's own pauses of 1 ms and more
    waited: float  # time for which the generator was ready and had no core
    stalls: list  # [CLOCK_MONOTONIC in nanoseconds, longest, requests] of each run of requests of 1 ms and more


class Paced:
    """Answers all the time, and asks when it is told to; it has the last of the cores of load and upstream."""

    name = "generator and upstream of the tail"

    def __init__(self, folder, cores):
        folder.mkdir(parents=True)
        self.ports = free_ports(PORTS)
        core = max(cores)
        self.started = time.monotonic()
        self._program = subprocess.Popen(
            [str(part) for part in (built("paced"), *self.ports)], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, text=True, start_new_session=True, preexec_fn=lambda: settle({core}))
        probe.until(self, lambda: probe.get(self.ports[0], "/check", {})[0] == 200)

    def ask(self, port, connections, rate, seconds):
        """Asks at that rate, evenly spaced; as fast as answers come where the rate is 0."""
        self.check()
        self._program.stdin.write(f"{port} {connections} {rate} {seconds}\n")
        self._program.stdin.flush()
        return Seen(**json.loads(line_of(self._program, seconds + PATIENCE)))

    def check(self):
        if self._program.poll() is not None:
            raise Failed(f"{self.name} ended with {self._program.returncode}: {self.last_words()}")

    def last_words(self):
        """What it says of its errors, once it has ended."""
        return self._program.stderr.read()[-400:].strip() if self._program.poll() is not None else ""

    def stop(self):
        self._program.kill()
        self._program.communicate()
