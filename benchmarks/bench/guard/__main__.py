"""The command."""

import argparse
import json
import os
import pathlib
import shutil
import sys

from ..machine import cores
from ..paths import RUN
from ..process import Failed
from . import bounds
from .cases import CASES
from .gateway import Gateway
from .wire import Upstream

ROUND = 5_000
ROUNDS = 24
TRACED = 1_000


def allocated(ask, total, most):
    """Bytes a request, of the first round that is within `most`: compilers need some. Else of the best of many rounds. None
    where they cannot be counted."""
    seen = []
    if total() is None:
        return None
    while len(seen) < ROUNDS and (not seen or seen[-1] > most):
        before = total()
        for _ in range(ROUND):
            ask()
        seen.append((total() - before) / ROUND)
    return round(min(seen))


def counts(case, gateway, upstream, most):
    client = case.connect(gateway.clear, gateway.tls)
    try:
        client.ask()
        least = allocated(client.ask, gateway.allocated, most)
        up, down = upstream.read, client.read
        calls = gateway.traced(lambda: [client.ask() for _ in range(TRACED)])
        asked = TRACED if calls else ROUND
        if not calls:
            for _ in range(ROUND):
                client.ask()
        found = {**({} if least is None else {"allocated": least}), "sent": round((upstream.read - up) / asked), "received": round((client.read - down) / asked)}
        if calls:
            found["calls"] = round(sum(calls.values()) / TRACED, 2)
        return found, calls
    finally:
        client.close()


def main(arguments):
    parser = argparse.ArgumentParser(prog="benchmarks/guard", description=sys.modules["bench.guard"].__doc__)
    parser.add_argument("--transports", default="epoll,io_uring", help="default epoll,io_uring")
    parser.add_argument("--cases", default=",".join(case.key for case in CASES), help="only these")
    parser.add_argument("--write", action="store_true", help="write down what was counted as what is allowed from now on")
    chosen = parser.parse_args(arguments)
    proxy, _ = cores()
    wrong, found = [], {}
    try:
        for transport in chosen.transports.split(","):
            upstream = Upstream()
            try:
                gateway = Gateway(transport, upstream, RUN / transport, proxy if len(os.sched_getaffinity(0)) > 2 else os.sched_getaffinity(0))
            except Failed as problem:
                print(f"skipped: {transport}: {problem}", flush=True)
                continue
            try:
                for case in (case for case in CASES if case.key in chosen.cases.split(",")):
                    most = -1 if chosen.write else bounds.most(transport, case.key, "allocated")
                    counted, calls = counts(case, gateway, upstream, most)
                    found.setdefault(transport, {})[case.key] = counted
                    wrong += bounds.beyond(transport, case.key, counted)
                    print(f"{transport:9} {case.key:9} {bounds.line(counted)}"
                          + ("" if "allocated" in counted else "; allocations not counted: no JDK that may attach to the gateway")
                          + ("" if calls else "; system calls not counted: no strace that may attach"), flush=True)
                    if calls:
                        print(" " * 20 + ", ".join(f"{name} {count / TRACED:.2f}" for name, count in
                                                   sorted(calls.items(), key=lambda one: -one[1])[:6]), flush=True)
                held = {"buffers": gateway.buffers()}
                found[transport]["all"] = held
                wrong += bounds.beyond(transport, "all", held)
                print(f"{transport:9} all       {bounds.line(held)}", flush=True)
            finally:
                gateway.stop()
                upstream.close()
    finally:
        shutil.rmtree(RUN, ignore_errors=True)
    if chosen.write:
        bounds.write(found)
        return 0
    for one in wrong:
        print(f"guard: {one}", file=sys.stderr)
    return 1 if wrong or not found else 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as problem:
        sys.exit(f"benchmarks/guard: {problem}")
