"""Byte relays in C: one upstream connection for each client's, nothing parsed. No proxy can cost less."""

import pathlib
import shutil
import subprocess

from ..paths import BENCHMARKS, TARGET
from . import HTTP1, Command, Peer


class Relay(Peer):
    name = "relay"
    note = "the floor: parses, routes and logs nothing"
    fronts = (HTTP1,)
    routes = False
    source = "relay.c"
    libraries = ()
    interface = "epoll"

    def missing(self):
        return None if shutil.which("cc") else "no C compiler (cc) to build it with"

    def version(self):
        return f"C, {self.interface}"

    def unable(self, case):
        if case.scale or case.shift or case.changes:
            return "it does not route"
        if case.kind == "idle":
            return "it holds a connection to the upstream for each of its clients"
        return super().unable(case)

    def prepare(self, setup):
        TARGET.mkdir(parents=True, exist_ok=True)
        source, program = BENCHMARKS / "peers" / self.source, TARGET / self.name
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["cc", "-O2", "-o", program, source, *self.libraries], check=True)
        return Command([program, str(setup.port), str(setup.table.ports()[0])])


class UringRelay(Relay):
    name = "relay-uring"
    note = "the floor over io_uring: multishot receives, provided buffers"
    source = "relay-uring.c"
    libraries = ("-luring",)
    interface = "io_uring"

    def unable(self, case):
        if case.key == "tunnel":
            return "it holds back no connection, so that bytes of one direction take the buffers that those of the other wait for"
        return super().unable(case)

    def missing(self):
        if not pathlib.Path("/usr/include/liburing.h").exists():
            return "no liburing (liburing-dev) to build it with"
        if pathlib.Path("/proc/sys/kernel/io_uring_disabled").exists() and pathlib.Path(
                "/proc/sys/kernel/io_uring_disabled").read_text().strip() != "0":
            return "io_uring is turned off here (kernel.io_uring_disabled)"
        return super().missing()
