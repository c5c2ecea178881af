"""A thousand clients that read one MiB slowly, again and again: what a MiB costs then, and what a response on its way keeps in memory."""

import json
import sys
import time

from .paths import BENCHMARKS
from .process import Failed, Process

READERS = 1000
# Until every reader has its first response under way.
SETTLING = 4
# Over loopback the kernel takes a whole response at once, so that a proxy has work once in the 16 s that a reader needs for it.
ROUND = 17


def turn(contestant):
    contestant.start()
    contestant.warm()
    idle = contestant.process.rss()
    log = contestant.setup.folder / "readers.log"
    readers = Process("slow readers", [sys.executable, BENCHMARKS / "bench" / "slowreaders.py", contestant.setup.port, READERS],
                      contestant.options.load_cores, log)
    try:
        time.sleep(SETTLING)
        begun, before = _last(log), contestant.process.cpu()
        time.sleep(max(ROUND, contestant.options.seconds))
        ended, after = _last(log), contestant.process.cpu()
        readers.check()
        contestant.process.check()
        busy = contestant.process.rss()
    finally:
        readers.stop()
    mib, seconds = (ended["read"] - begun["read"]) / 2**20, ended["at"] - begun["at"]
    if mib < 1:
        raise Failed(f"{contestant.name}: {READERS} readers got nothing: {ended}")
    return {"cpuMib": (sum(after) - sum(before)) * 1e6 / mib, "mibs": mib / seconds, "rssIdle": idle / 2**20, "rssBusy": busy / 2**20,
            "perConnection": (busy - idle) / READERS / 1024, "cut": ended["cut"]}


def _last(log):
    lines = [line for line in log.read_text().splitlines() if line.endswith("}")]
    if not lines:
        raise Failed(f"slow readers: nothing in {log} after {SETTLING} s")
    return json.loads(lines[-1])
