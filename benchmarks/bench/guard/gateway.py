"""The gateway under guard: what `./laneway gateway` starts, with one loop, and the counters that can be read from outside."""

import contextlib
import json
import pathlib
import re
import shutil
import subprocess

from .. import certificate, java, probe
from ..machine import free_ports
from ..paths import ROOT
from ..process import Process

LOOPS = "laneway-loop-"


class Gateway:
    """A gateway of one transport in a folder of its own."""

    def __init__(self, transport, upstream, folder, cores):
        folder.mkdir(parents=True)
        self.clear, self.tls, self._admin = free_ports(3)
        pair = certificate.make(folder)
        at = [f"127.0.0.1:{upstream.port}"]
        table = {
            "schema": 1, "base": "master",
            "lanes": [{"name": "f-1"}, {"name": "up-2"}, {"name": "up-1", "parent": "up-2"}, {"name": "f-deep", "parent": "up-1"}],
            "services": [
                {"name": "order", "hosts": ["order.test"],
                 "deployments": [{"lane": lane, "endpoints": at} for lane in ("master", "f-1")]},
                {"name": "stock", "hosts": ["stock.test"], "deployments": [{"lane": "master", "endpoints": at}]}]}
        (folder / "lanes.yaml").write_text(json.dumps(table))
        config = {
            "listeners": [
                {"name": "edge", "address": f"127.0.0.1:{self.clear}", "trust": "external"},
                {"name": "tls", "address": f"127.0.0.1:{self.tls}", "trust": "external", "tls": {
                    "certificates": [{"certificate": str(pair.pem), "privateKey": str(pair.key)}]}}],
            "admin": {"address": f"127.0.0.1:{self._admin}"}, "table": {"file": str(folder / "lanes.yaml")},
            "data": str(folder / "data"), "threads": 1, "transport": transport}
        (folder / "laneway.yaml").write_text(json.dumps(config, indent=1))
        self._process = Process(f"laneway ({transport})", [ROOT / "laneway", "gateway", "-c", folder / "laneway.yaml"], cores,
                                folder / "output.log", {"LANEWAY_PROFILE": "gateway", "LANEWAY_ARCHIVES": "off"}, folder)
        self._counter = None
        try:
            probe.until(self._process, lambda: probe.get(self._admin, "/readyz", {})[0] == 200)
            self._counter = subprocess.Popen(
                ["java", "-cp", java.classes("guard"), "io.laneway.benchmarks.guard.Allocations", str(self.pid), LOOPS],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self):
        """The process that has the loops: the launcher becomes it."""
        return next(pid for pid in self._process._pids() if _loops(pid))

    def allocated(self):
        """Bytes that the loops have allocated so far; None where no JDK may attach to the gateway."""
        try:
            self._counter.stdin.write("\n")
            self._counter.stdin.flush()
            line = self._counter.stdout.readline()
        except BrokenPipeError:
            return None
        return int(line) if line else None

    def buffers(self):
        """Bytes of buffers outside of the heap that the gateway has."""
        _, metrics = probe.get(self._admin, "/metrics", {})
        found = re.findall(r"^(?:jvm_buffer_pool_used_bytes{pool=\"direct\"}|laneway_buffer_bytes\S*) ([0-9.eE+]+)", metrics, re.MULTILINE)
        return int(sum(float(one) for one in found))

    def traced(self, work):
        """System calls of the loops while `work()` runs, by name; None where they cannot be traced."""
        if not shutil.which("strace"):
            return None
        report = pathlib.Path(self._process.log.parent / "calls")
        tracer = subprocess.Popen(["strace", "-c", "-o", report, *(f"-p{loop}" for loop in _loops(self.pid))],
                                  stderr=subprocess.PIPE, text=True)
        attached = tracer.stderr.readline()
        if "attached" not in attached:
            tracer.wait()
            return None
        work()
        tracer.terminate()
        tracer.wait()
        return {name: int(count) for count, name in
                re.findall(r"^\s*[0-9.]+\s+[0-9.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?(\w+)$", report.read_text(), re.MULTILINE) if name != "total"}

    def stop(self):
        if self._counter:
            with contextlib.suppress(BrokenPipeError):
                self._counter.stdin.close()
            self._counter.wait()
        self._process.stop()


def _loops(pid):
    """The threads of a process that are event loops. The kernel keeps 15 characters of a name."""
    tasks = pathlib.Path(f"/proc/{pid}/task")
    return [task.name for task in tasks.iterdir() if (task / "comm").read_text().startswith(LOOPS)]
