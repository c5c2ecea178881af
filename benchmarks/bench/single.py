"""The cases that are no load: memory of idle connections, start until ready, slow readers, a lint."""

import contextlib
import socket
import time

from . import lint, slow, upstream
from .contest import Contestant
from .paths import RUN
from .process import Failed

IDLE = 10_000


def run(case, entrants, options, say):
    """Each proxy by itself, `rounds` times; the same shape of outcome as a contest."""
    folder = RUN / case.key
    folder.mkdir(parents=True)
    turn = {"idle": _idle, "start": _start, "slow": slow.turn, "lint": lint.turn}[case.kind]
    rows, left = {}, {}
    behind = upstream.start(case.protocol, folder / "upstream", options.load_cores)
    try:
        # The first start of a proxy may make archives or warm the disk's cache: it is not counted.
        for number in range(-1 if case.kind == "start" else 0, options.rounds):
            for peer in entrants:
                if peer.unable(case) or peer.name in left:
                    left.setdefault(peer.name, peer.unable(case))
                    continue
                contestant = Contestant(case, case.variants[0], peer, behind, options, folder / f"{peer.name}-{number + 1}")
                try:
                    sample = turn(contestant)
                    if number < 0:
                        continue
                    say(f"  round {number + 1}: {peer.name}: " + ", ".join(f"{k} {v:.4g}" for k, v in sample.items()))
                    for metric, value in sample.items():
                        rows.setdefault(peer.name, {}).setdefault(metric, []).append(value)
                except (Failed, OSError) as problem:
                    left[peer.name] = str(problem)
                    say(f"  {peer.name} fell out: {problem}")
                finally:
                    contestant.stop()
    finally:
        behind.stop()
    return {"rows": rows, "left": left, "rate": None}


def _start(contestant):
    """From starting the command to the first answer from the upstream, then memory at rest and under 64 connections."""
    ready = contestant.start()
    time.sleep(0.5)
    idle = contestant.process.rss()
    contestant.drive(contestant.options.seconds)
    return {"ready": ready * 1e3, "rssIdle": idle / 2**20, "rssBusy": contestant.process.rss() / 2**20}


def _idle(contestant):
    """What 10 000 connections that have each had one answer and then stay silent add to a warm proxy."""
    contestant.start()
    contestant.warm()
    before = contestant.process.rss()
    request = b"GET / HTTP/1.1\r\nHost: order.test\r\ntrace-branch: f-1\r\n\r\n"
    with contextlib.ExitStack() as held:
        for _ in range(IDLE):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", contestant.setup.port), 5))
            connection.sendall(request)
            if not connection.recv(4096).startswith(b"HTTP/1.1 200"):
                raise Failed(f"{contestant.name}: an idle connection got no 200")
        time.sleep(1)
        contestant.process.check()
        after = contestant.process.rss()
    return {"rssIdle": before / 2**20, "rssBusy": after / 2**20, "perConnection": (after - before) / IDLE / 1024}
