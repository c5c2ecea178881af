"""Laneway with each collector of its virtual machine, for the pauses that they make and what they cost."""

import pathlib
import re
import subprocess

from .. import stats
from .laneway import Laneway

# name: options after those of the profile, of which the last one counts
COLLECTORS = {
    "serial": ("-XX:-UseParallelGC", "-XX:+UseSerialGC"),
    "parallel": (),
    "parallel-aged": ("-XX:MaxTenuringThreshold=2", "-XX:InitialTenuringThreshold=2"),
    "parallel-small": ("-Xmn32m",),
    "g1": ("-XX:-UseParallelGC", "-XX:+UseG1GC", "-XX:MaxGCPauseMillis=5"),
    "zgc": ("-XX:-UseParallelGC", "-XX:+UseZGC"),
    "shenandoah": ("-XX:-UseParallelGC", "-XX:+UseShenandoahGC"),
}
# A safepoint of any kind, as of JDK 17 and 25: its reason, and the nanoseconds that requests stood still.
SAFEPOINT = re.compile(r'Safepoint "(\w+)".* Total: +(\d+) ns')
QUIET = ("ICBufferFull", "Cleanup", "ThreadDump")


class Collected(Laneway):
    """In `pauses` alone. `home`: the JDK."""

    def __init__(self, collector, home):
        release = (home / "release").read_text()
        self.java = re.search(r'JAVA_VERSION="(\d+)', release)[1]
        super().__init__("io_uring", suffix=f"-{self.java}-{collector}")
        self.home, self.collector = home, collector
        self.options = COLLECTORS[collector]
        if collector == "zgc" and 21 <= int(self.java) < 24:
            self.options += ("-XX:+ZGenerational",)
        self.note += f", JDK {self.java}, {' '.join(self.options) or 'the collector as it ships'}"

    def missing(self):
        tried = subprocess.run([self.home / "bin" / "java", *self.options, "-version"], capture_output=True, text=True)
        return super().missing() or (None if tried.returncode == 0 else tried.stderr.strip().splitlines()[0])

    def unable(self, case):
        return super().unable(case) or (None if case.pauses else "compared in pauses")

    def prepare(self, setup):
        command = super().prepare(setup)
        log = setup.folder / "pauses.log"
        command.environment.update(LANEWAY_JAVA_HOME=str(self.home), LANEWAY_ARCHIVES="off", LANEWAY_JAVA_OPTS=" ".join(
            [*self.options, f"-Xlog:safepoint:file={log}::filecount=0"]))
        return command

    def seen(self, setup, begun):
        """The pauses since a turn began, in milliseconds."""
        lines = (setup.folder / "pauses.log").read_text().splitlines()
        if begun is None:
            return len(lines)
        found = [SAFEPOINT.search(line) for line in lines[begun:]]
        pauses = [int(one[2]) / 1e6 for one in found if one and one[1] not in QUIET]
        return {"pauses": len(pauses), "pause": stats.median(pauses) if pauses else 0, "longestPause": max(pauses, default=0)}


def every():
    """Each collector on each JDK that is installed, the newest last."""
    homes = sorted({path.resolve() for path in pathlib.Path("/usr/lib/jvm").glob("*") if (path / "release").is_file()
                    and (path / "bin" / "java").is_file()})
    return [Collected(collector, home) for home in homes for collector in COLLECTORS]
