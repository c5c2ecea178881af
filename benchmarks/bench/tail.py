"""The tail: latency at half of what a proxy can do, with generator and upstream in one thread on one core."""

import json

from . import contest, stats, upstream
from .paths import RUN
from .process import Failed, busiest_between, machinery_between

CONNECTIONS = 64
# Of what can be done.
SHARE = 0.5
DIRECT = "no proxy"


class Entrant(contest.Contestant):
    """A proxy whose load comes from its upstream."""

    def __init__(self, case, peer, behind, options, folder):
        super().__init__(case, case.variants[0], peer, behind, options, folder)
        self._behind = behind

    def drive(self, seconds):
        return self._behind.ask(self.setup.port, CONNECTIONS, 0, seconds)

    def capacity(self):
        """Requests a second as fast as they go: what the core gives, when it is busy with them."""
        with self.turn():
            self.drive(1)
            before = sum(self.process.cpu())
            done = self.drive(self.options.seconds)
            spent = sum(self.process.cpu()) - before
            self.process.check()
        if not done.requests or done.bad or done.lost:
            raise Failed(f"{self.name}: {done.requests} requests, {done.bad} bad, {done.lost} lost; {self.process.last_words()}")
        return {"capacity": done.requests / done.seconds, "busy": 100 * spent / done.seconds}

    def at(self, rate):
        """A turn at that rate: the times of its requests, and what held up the thread that does the proxy's work."""
        seconds = self.options.seconds
        with self.turn():
            self._behind.ask(self.setup.port, CONNECTIONS, rate, 1)
            cpu, machinery, threads = self.process.cpu(), self.process.machinery(), self.process.threads()
            seen = self._behind.ask(self.setup.port, CONNECTIONS, rate, seconds)
            after, spent = self.process.cpu(), machinery_between(machinery, self.process.machinery())
            waited = busiest_between(threads, self.process.threads())[1]
            self.process.check()
        user, system = after[0] - cpu[0], after[1] - cpu[1]
        with (self.setup.folder / "stalls.jsonl").open("a") as file:
            file.write(json.dumps({"rate": rate, "stalls": seen.stalls}) + "\n")
        return {"cpu": (user + system) * 1e6 / seen.requests, "user": user * 1e6 / seen.requests, "system": system * 1e6 / seen.requests,
                **{kind: each * 1e6 / seen.requests for kind, each in spent.items()}, "busy": 100 * (user + system) / seen.seconds,
                "waited": waited * 1e3 / seen.seconds, **times(seen, rate)}


class Direct:
    """No proxy: what generator, upstream and the kernel take by themselves."""

    name = DIRECT

    def __init__(self, behind, options):
        self._behind, self._options = behind, options

    def at(self, rate):
        self._behind.ask(self._behind.ports[1], CONNECTIONS, rate, 1)
        return times(self._behind.ask(self._behind.ports[1], CONNECTIONS, rate, self._options.seconds), rate)


class At:
    """An entrant at one rate, as a row of the table."""

    def __init__(self, entrant, rate, words):
        self.name, self._entrant, self._rate = f"{entrant.name} ({words})", entrant, rate

    def turn(self):
        return self._entrant.at(self._rate)


def times(seen, rate):
    return {"asked": rate, "p50": seen.p50, "p99": seen.p99, "p999": seen.p999, "longest": seen.longest, "slice99": seen.slice99,
            "slice999": seen.slice999, "paused": seen.paused / 1e3 / seen.seconds, "stalls": len(seen.stalls) / seen.seconds,
            "lateFailed": seen.bad + seen.lost}


def rates(rows):
    """({name: half of what it can do}, half of what the slowest can do)."""
    able = {name: stats.median(row["capacity"]) for name, row in rows.items() if row.get("capacity")}
    return {name: int(SHARE * value) for name, value in able.items()}, int(SHARE * min(able.values()))


def run(case, entrants, options, say):
    """As a contest: first what each can do, then both rates in interleaved rounds."""
    folder = RUN / case.key
    folder.mkdir(parents=True)
    left, proxies = {}, []
    behind = upstream.start(case.protocol, folder / "upstream", options.load_cores)
    try:
        for peer in entrants:
            why = peer.unable(case)
            entered = None if why else contest.enter(Entrant(case, peer, behind, options, folder / peer.name), left, say)
            if why:
                left[peer.name] = why
            elif entered:
                proxies.append(entered)
        able = {one.name: {} for one in proxies}
        contest.rounds(proxies, able, left, options, say, lambda one: one.capacity())
        proxies_left = [one for one in proxies if one.name not in left]
        if not proxies_left:
            return {"rows": {}, "left": left, "rate": None}
        own, common = rates(able)
        turns = [At(one, own[one.name], "half of its own") for one in proxies_left]
        turns += [At(one, common, "same for all") for one in [*proxies_left, Direct(behind, options)]]
        rows = {turn.name: {} for turn in turns}
        for one in proxies_left:
            rows[f"{one.name} (half of its own)"]["capacity"] = able[one.name]["capacity"]
        contest.rounds(turns, rows, left, options, say, lambda turn: turn.turn())
    finally:
        for one in proxies:
            one.stop()
        behind.stop()
    return {"rows": rows, "left": left, "rate": common}
