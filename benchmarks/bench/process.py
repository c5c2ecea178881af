"""A started program with its children: pinned to cores, measured from /proc, frozen between its turns, stopped as one."""

import contextlib
import os
import pathlib
import signal
import subprocess
import time

from .machine import settle

TICK = os.sysconf("SC_CLK_TCK")

# Threads of a Java virtual machine by the beginnings of their names, which Linux cuts at 15 characters.
MACHINERY = {"compilers": ("C1 CompilerThre", "C2 CompilerThre"),
             "collections": ("GC Thread#", "G1 ", "VM Thread", "ZWorker", "ZDriver", "Shenandoah")}


class Failed(Exception):
    """A program or a check did not do what the bench needs; the message says which and what was expected."""


class Process:
    """One program in a session of its own, so that a signal reaches the workers it forks."""

    def __init__(self, name, command, cores, log, environment=None, directory=None):
        self.name = name
        self.log = pathlib.Path(log)
        self.started = time.monotonic()
        with open(self.log, "wb") as output:
            self._popen = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                cwd=directory,
                env={**os.environ, **(environment or {})},
                preexec_fn=lambda: settle(cores),
            )

    def check(self):
        """Fails with the end of the program's output when it has ended by itself."""
        if self._popen.poll() is not None:
            raise Failed(f"{self.name} ended with {self._popen.returncode}: {self.last_words()}")

    def last_words(self):
        return self.log.read_text(errors="replace")[-300:].strip()

    def cpu(self):
        """(user, system) seconds used so far by every process of the program, ended children included."""
        user = system = 0
        for pid in self._pids():
            fields = _stat(pid)
            if fields:
                user += int(fields[11]) + int(fields[13])
                system += int(fields[12]) + int(fields[14])
        return user / TICK, system / TICK

    def machinery(self):
        """What the threads of a virtual machine used so far that serve no request: seconds by kind and thread. Other programs have none."""
        found = {}
        for pid in self._pids():
            for thread in _threads(pid):
                name, fields = _named_stat(f"{pid}/task/{thread}")
                kind = next((kind for kind, starts in MACHINERY.items() if name.startswith(starts)), None)
                if kind:
                    found[kind, thread] = (int(fields[11]) + int(fields[12])) / TICK
        return found

    def threads(self):
        """(seconds on a core, seconds ready without one) of each thread so far: how others on the core held it up (schedstat, proc(5))."""
        found = {}
        for pid in self._pids():
            for thread in _threads(pid):
                with contextlib.suppress(OSError):
                    ran, waited, _ = pathlib.Path(f"/proc/{pid}/task/{thread}/schedstat").read_text().split()
                    found[thread] = (int(ran) / 1e9, int(waited) / 1e9)
        return found

    def rss(self):
        """Resident bytes of all processes of the program."""
        page = os.sysconf("SC_PAGE_SIZE")
        return sum(int(fields[21]) * page for fields in map(_stat, self._pids()) if fields)

    def freeze(self):
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def stop(self):
        """Ends the program and what it started: asked first, killed after five seconds."""
        if self._popen.poll() is None:
            self.thaw()
            self._signal(signal.SIGTERM)
            try:
                self._popen.wait(5)
            except subprocess.TimeoutExpired:
                pass
        self._signal(signal.SIGKILL)
        self._popen.wait()

    def _signal(self, number):
        try:
            os.killpg(self._popen.pid, number)
        except ProcessLookupError:
            pass

    def _pids(self):
        """The pids of the program's session; it is the leader of its own."""
        session = self._popen.pid
        found = []
        for entry in os.listdir("/proc"):
            if entry.isdigit():
                fields = _stat(entry)
                if fields and int(fields[3]) == session:
                    found.append(int(entry))
        return found


def machinery_between(before, after):
    """Seconds by kind between two readings of `machinery()`; threads that began in between count from their start."""
    return {kind: sum(after[key] - before.get(key, 0) for key in after if key[0] == kind) for kind in MACHINERY}


def busiest_between(before, after):
    """(seconds on a core, seconds ready without one) between two readings of `threads()`, of the thread that ran most."""
    return max((tuple(now - then for now, then in zip(after[key], before.get(key, (0, 0)))) for key in after), default=(0, 0))


def _stat(pid):
    """The fields of /proc/PID/stat from the state on (field 3 of proc(5) is index 0), or None when it has ended."""
    return _named_stat(pid)[1]


def _named_stat(pid):
    """The name of a process or thread and its fields as `_stat` has them; "" and None when it has ended."""
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            head, _, fields = file.read().rpartition(")")
            return head.partition("(")[2], fields.split()
    except OSError:
        return "", None


def _threads(pid):
    try:
        return os.listdir(f"/proc/{pid}/task")
    except OSError:
        return []
