"""The command: which cases, which proxies, how long."""

import argparse
import dataclasses
import shutil
import signal
import sys
import time

from . import contest, load, machine, report, single, tail, upstream
from .every import CASES
from .paths import RUN
from .peers.all import PEERS
from .process import Failed


@dataclasses.dataclass(frozen=True)
class Options:
    rounds: int
    seconds: int
    warm: float
    latency: bool
    access_log: bool
    proxy_cores: tuple
    load_cores: tuple


def parse(arguments):
    parser = argparse.ArgumentParser(
        prog="benchmarks/run", description="Laneway beside other proxies, doing the same work on one core.")
    parser.add_argument("--cases", metavar="A,B", help="only these: " + " ".join(case.key for case in CASES))
    parser.add_argument("--peers", metavar="A,B", help="only these: " + " ".join(peer.name for peer in PEERS))
    parser.add_argument("--rounds", type=int, help="turns of each proxy in a case (default 5)")
    parser.add_argument("--seconds", type=int, help="length of a turn (default 6)")
    parser.add_argument("--quick", action="store_true", help="rounds and seconds 2, a fifth of the warm-up: a look only")
    parser.add_argument("--no-latency", action="store_true", help="leave out the fixed-rate rounds")
    parser.add_argument("--no-access-log", action="store_true", help="every proxy without its access log")
    parser.add_argument("--keep", action="store_true", help="keep the proxies' configurations and logs")
    chosen = parser.parse_args(arguments)
    chosen.cases = _pick(parser, "case", chosen.cases, {case.key: case for case in CASES})
    chosen.peers = _pick(parser, "peer", chosen.peers, {peer.name: peer for peer in PEERS})
    chosen.rounds = (2 if chosen.quick else 5) if chosen.rounds is None else chosen.rounds
    chosen.seconds = (2 if chosen.quick else 6) if chosen.seconds is None else chosen.seconds
    if chosen.rounds < 1 or chosen.seconds < 1:
        parser.error("--rounds and --seconds: expected >= 1")
    return chosen


def _pick(parser, kind, names, known):
    if not names:
        return list(known.values())
    for name in names.split(","):
        if name not in known:
            parser.error(f"{kind} {name}: unknown (expected: {', '.join(known)})")
    return [known[name] for name in names.split(",")]


def say(line):
    print(line, flush=True)


def main(arguments):
    # SIGTERM as an exception, so that what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    chosen = parse(arguments)
    proxy, others = machine.cores()
    machine.raise_file_limit()
    options = Options(
        chosen.rounds, chosen.seconds, 0.2 if chosen.quick else 1,
        not chosen.no_latency and not load.missing("javac"), not chosen.no_access_log, tuple(proxy), tuple(others))
    if proxy == others:
        say("One core only: proxy, load and upstream share it, so requests/s and latency mean little.")
    problem = upstream.missing()
    if problem:
        say(f"benchmarks/run: {problem}")
        return 1
    entrants = []
    for peer in chosen.peers:
        missing = peer.missing()
        say(f"{peer.name}: skipped: {missing}" if missing else f"{peer.name}: {peer.version()}")
        entrants += [] if missing else [peer]
    run = {"time": time.strftime("%Y-%m-%d %H:%M:%S"), "command": " ".join(["benchmarks/run", *arguments]),
           "machine": {**machine.facts(), "upstream": upstream.name()}, "options": dataclasses.asdict(options),
           "peers": {peer.name: (peer.version(), peer.note) for peer in entrants}, "cases": []}
    try:
        written = _all(chosen.cases, entrants, options, run)
    finally:
        if chosen.keep:
            say(f"Kept: {RUN}")
        else:
            shutil.rmtree(RUN, ignore_errors=True)
    if written:
        say(f"\nWritten: {written} and .json")
    return 0 if written else 1


def _all(cases, entrants, options, run):
    """Runs case after case and writes the results after each; returns the file, or None when no case could be run."""
    written = None
    for case in cases:
        say(f"\n{case.key}: {case.title}")
        try:
            outcome = _one(case, entrants, options)
        except Failed as failure:
            say(f"  not run: {failure}")
            continue
        run["cases"].append((case, outcome))
        say(report.text(report.grid(case, outcome)))
        for line in report.notes(outcome):
            say(line)
        written = report.write(run)
    return written


def _one(case, entrants, options):
    """Runs a case, or fails naming the tool that it lacks."""
    for tool in case.tools:
        problem = load.missing(tool)
        if problem:
            raise Failed(problem)
    return {"load": contest, "tail": tail}.get(case.kind, single).run(case, entrants, options, say)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
