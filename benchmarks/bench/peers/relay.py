"""A byte relay in C: one upstream connection for each client's, nothing parsed. No proxy can cost less."""

import shutil
import subprocess

from ..paths import BENCHMARKS, TARGET
from . import HTTP1, Command, Peer


class Relay(Peer):
    name = "relay"
    note = "the floor: parses, routes and logs nothing"
    fronts = (HTTP1,)
    routes = False

    def missing(self):
        return None if shutil.which("cc") else "no C compiler (cc) to build it with"

    def version(self):
        return "C, epoll"

    def unable(self, case):
        if case.scale or case.shift or case.changes:
            return "it does not route"
        if case.kind == "idle":
            return "it holds a connection to the upstream for each of its clients"
        return super().unable(case)

    def prepare(self, setup):
        TARGET.mkdir(parents=True, exist_ok=True)
        source, program = BENCHMARKS / "peers" / "relay.c", TARGET / "relay"
        if not program.exists() or program.stat().st_mtime < source.stat().st_mtime:
            subprocess.run(["cc", "-O2", "-o", program, source], check=True)
        return Command([program, str(setup.port), str(setup.table.ports()[0])])
