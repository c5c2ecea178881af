"""One case: its proxies started, checked, warmed, and measured in interleaved rounds, frozen while it is not their turn."""

import contextlib
import random

from . import certificate, load, peers, probe, upstream
from .changes import Changing
from .machine import free_ports
from .paths import RUN
from .process import Failed, Process, machinery_between
from .scrapes import Scraping

# A proxy is warm when its compilers took no more of its CPU time than this.
RESTING = 0.03


class Contestant:
    """One proxy in one variant of a case, running."""

    def __init__(self, case, variant, peer, behind, options, folder):
        self.case, self.variant, self.peer, self.options = case, variant, peer, options
        self.name = f"{peer.name} ({variant.label})" if variant.label else peer.name
        folder.mkdir(parents=True)
        port, spare, third, control = free_ports(4)
        lanes = variant.table(behind.ports)
        pair = certificate.make(folder, variant.certificate) if case.front == peers.TLS else None
        self.setup = peers.Setup(folder, port, spare, third, control if case.changes or case.kind == "lint" else 0, lanes,
                                 case.front, pair, options.access_log, case.streams)
        self.load = variant.load(lanes)
        self.process = self.companion = self.attendant = None

    def start(self):
        """Starts it and checks that it routes; returns seconds from start to the first answer."""
        if self.case.changes:
            self.companion = self.peer.companion(self.setup, self.options.load_cores)
        command = self.peer.prepare(self.setup)
        self.process = Process(self.name, command.arguments, self.options.proxy_cores, self.setup.folder / "output.log",
                               command.environment, self.setup.folder)
        seconds = probe.until(self.process, lambda: probe.ready(self.setup))
        if self.peer.routes:
            probe.verify(self.name, self.setup)
        self.attendant = self.peer.attend(self.setup, self.options.load_cores)
        return seconds

    def drive(self, seconds):
        return self.load.run(self.setup, seconds, self.options.load_cores)

    def warm(self):
        """Drives it until it has used its share of CPU time and its compilers rest: on a busy machine a compiler needs more than so
        many seconds. Changes of the table that belong to the case happen meanwhile, as that is code to be compiled too."""
        wanted = sum(self.process.cpu()) + self.peer.warm * self.options.warm * 0.7
        with Changing(self):
            for _ in range(8):
                before, machinery = sum(self.process.cpu()), self.process.machinery()
                self.drive(max(1, round(self.peer.warm * self.options.warm / 2)))
                after = sum(self.process.cpu())
                compilers = machinery_between(machinery, self.process.machinery())["compilers"]
                if after >= wanted and compilers <= RESTING * (after - before):
                    return

    def measure(self):
        """One turn: a second to wake up, then the load, with the proxy's CPU time around it."""
        with self.turn(), self.load.opened(self.setup, self.options.load_cores) as drive:
            drive(1)
            with Changing(self) as changing, Scraping(self) as scraping:
                begun = self.peer.seen(self.setup, None)
                version, before, machinery = self._applied(), self.process.cpu(), self.process.machinery()
                done = drive(self.options.seconds)
                after = self.process.cpu()
                spent = machinery_between(machinery, self.process.machinery())
            for process in filter(None, (self.process, self.attendant)):
                process.check()
            memory, grown, seen = self.process.rss(), self._applied() - version, self.peer.seen(self.setup, begun)
        if not done.requests:
            raise Failed(f"{self.name}: no request was answered; {self.process.last_words()}")
        user, system = after[0] - before[0], after[1] - before[1]
        return {
            "cpu": (user + system) * 1e6 / done.requests, "user": user * 1e6 / done.requests,
            "system": system * 1e6 / done.requests,
            **{kind: seconds * 1e6 / done.requests for kind, seconds in spent.items()}, "rps": done.requests / done.seconds,
            "busy": 100 * (user + system) / done.seconds, "rss": memory / 2**20, "requests": done.requests,
            "failed": done.bad + done.broken, "changes": changing.done, "refused": changing.failed,
            "applied": grown, "scrapes": scraping.done, "unscraped": scraping.failed,
            **(seen or {}),
        }

    def _applied(self):
        return (self.peer.applied(self.setup) or 0) if self.variant.changes else 0

    def latency(self, rate):
        with self.turn():
            self.drive(1)
            seen = load.fixed_rate(self.setup, self.load, rate, self.options.seconds, self.options.load_cores)
        return {"p50": seen.p50, "p99": seen.p99, "p999": seen.p999, "longest": seen.longest,
                "lateFailed": seen.bad + seen.unsent}

    @contextlib.contextmanager
    def turn(self):
        """Runs alone; its access log does not outlive the turn."""
        self.process.thaw()
        try:
            yield
        finally:
            self.process.freeze()
            for log in ("access.log", "output.log"):
                with contextlib.suppress(OSError):
                    if (self.setup.folder / log).stat().st_size > 2**20:
                        (self.setup.folder / log).open("r+b").truncate(0)

    def stop(self):
        for process in (self.attendant, self.process, self.companion):
            if process:
                process.stop()


def run(case, entrants, options, say):
    """Runs a case; returns {"rows": {name: {metric: [value a round]}}, "left": {peer: why not}, "rate": …}."""
    folder = RUN / case.key
    folder.mkdir(parents=True)
    left, contestants, rows = {}, [], {}
    behind = upstream.start(case.protocol, folder / "upstream", options.load_cores)
    try:
        for variant in case.variants:
            for peer in entrants:
                contestant = enter(Contestant(case, variant, peer, behind, options, folder / f"{len(contestants)}-{len(left)}"),
                                    left, say) if not peer.unable(case) else None
                if contestant:
                    contestants.append(contestant)
                elif peer.unable(case):
                    left[peer.name] = peer.unable(case)
        rows = {one.name: {} for one in contestants}
        rounds(contestants, rows, left, options, say, lambda one: one.measure())
        rate = _rate(rows) if case.fixed_rate and options.latency else None
        if rate:
            rounds(contestants, rows, left, options, say, lambda one: one.latency(rate))
    finally:
        for contestant in contestants:
            contestant.stop()
        behind.stop()
    return {"rows": rows, "left": left, "rate": rate}


def enter(contestant, left, say):
    """Starts, checks, warms and freezes; None, with the reason kept, when the proxy does not come up as it should."""
    try:
        contestant.start()
        contestant.warm()
        contestant.process.freeze()
        say(f"  {contestant.name} is warm")
        return contestant
    except Failed as problem:
        contestant.stop()
        left[contestant.name] = str(problem)
        say(f"  {contestant.name} is left out: {problem}")
        return None
    except BaseException:
        # Interrupted while it came up: no other part knows of it yet.
        contestant.stop()
        raise


def rounds(contestants, rows, left, options, say, turn):
    """Every contestant once a round, in an order of chance, so that a slow minute of the machine falls on all alike."""
    chance = random.Random(1)
    for number in range(options.rounds):
        for contestant in chance.sample(contestants, len(contestants)):
            if contestant.name in left:
                continue
            try:
                sample = turn(contestant)
            except Failed as problem:
                left[contestant.name] = str(problem)
                say(f"  {contestant.name} fell out: {problem}")
                continue
            for metric, value in sample.items():
                rows[contestant.name].setdefault(metric, []).append(value)
            say(f"  round {number + 1}: {contestant.name}: " + ", ".join(
                f"{metric} {value:.4g}" for metric, value in sample.items() if value))


def _rate(rows):
    """70 % of what nginx did at its best, else of the slowest of all."""
    best = {name: max(row["rps"]) for name, row in rows.items() if row.get("rps")}
    return 0.7 * best.get("nginx", min(best.values())) if best else None
