"""Laneway itself, through its launcher, with its defaults: access log and metrics stay on."""

import functools
import http.client
import json
import re
import subprocess

from .. import probe
from ..paths import ROOT
from ..process import Process
from . import TLS, Command, Peer


@functools.cache
def _built(root):
    """The launcher builds what is missing, which must not happen on the proxy's core; once for all peers of a checkout."""
    print(f"{root}: building what is missing", flush=True)
    return subprocess.run([root / "laneway", "version"], capture_output=True, text=True)


class Laneway(Peer):
    """`transport` as in laneway.yaml; `profile` as in the launcher (gateway: throughput, sidecar: small)."""

    warm = 15
    changeable = True
    retries = True
    scrapable = True

    def __init__(self, transport, profile="gateway", suffix="", root=ROOT):
        self.transport, self.profile, self.root = transport, profile, root
        self.name = f"laneway{suffix}"
        self.lints = suffix in ("", "-before")
        self.note = f"{transport}, profile {profile}, access log to standard output, metrics on"

    def missing(self):
        built = _built(self.root)
        if built.returncode:
            return "./laneway version failed: " + (built.stdout + built.stderr).strip()[-300:]
        return None

    def version(self):
        said = _built(self.root).stdout.strip()
        return said.splitlines()[0] if said else "?"

    def prepare(self, setup):
        listener = {"name": "edge", "address": f"127.0.0.1:{setup.port}", "trust": "external"}
        if setup.front == TLS:
            listener["tls"] = {"minVersion": "1.3", "certificates": [
                {"certificate": str(setup.certificate.pem), "privateKey": str(setup.certificate.key)}]}
        config = {"listeners": [listener], "admin": {"address": f"127.0.0.1:{setup.spare}"},
                  "table": self._source(setup), "data": str(setup.folder / "data"),
                  "threads": 1, "transport": self.transport}
        if not setup.access_log:
            config["accessLog"] = "off"
        self.configure(config, setup)
        path = setup.write("laneway.yaml", json.dumps(config, indent=1))
        return Command([self.root / "laneway", "gateway", "-c", path], {"LANEWAY_PROFILE": self.profile})

    def configure(self, config, setup):
        """Adds to laneway.yaml what a variant has beyond it."""

    def beyond(self):
        """What a variant's table file has beyond the table of the case."""
        return {}

    def _source(self, setup):
        if setup.control:
            return {"control": f"http://127.0.0.1:{setup.control}"}
        # JSON is YAML: one writer for both files.
        return {"file": str(setup.write("lanes.yaml", json.dumps({**document(setup.table), **self.beyond()})))}

    def companion(self, setup, cores):
        """The control API with the table; the gateway follows its watch."""
        control = Process("laneway control", [self.root / "laneway", "control", "--data", setup.folder / "control",
                                              "--port", setup.control], cores, setup.folder / "control.log")
        try:
            probe.until(control, lambda: probe.get(setup.control, "/readyz", {})[0] == 200)
            _put(setup.control, "/v1/table", document(setup.table))
        except BaseException:
            control.stop()
            raise
        return control

    def change(self, setup, number):
        """Through the control API: one deployment moves to other endpoints."""
        lane, port = setup.table.changed(number)
        _put(setup.control, f"/v1/services/order/deployments/{lane}",
             {"protocol": setup.table.protocol, "endpoints": [f"127.0.0.1:{port}"]})

    def scrape(self, setup):
        status, _ = probe.get(setup.spare, "/metrics", {})
        if status != 200:
            raise OSError(f"/metrics: {status}")

    def applied(self, setup):
        _, metrics = probe.get(setup.spare, "/metrics", {})
        found = re.search(r"^laneway_table_revision(?:{[^}]*})? ([0-9.eE+]+)", metrics, re.MULTILINE)
        return float(found[1]) if found else None


def _put(port, path, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("PUT", path, json.dumps(body), {"content-type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status not in (200, 201):
            raise OSError(f"PUT {path}: {answer.status} {text[:200]!r}")
    finally:
        connection.close()


def _endpoints(table, port):
    if not table.quitting:
        return [f"127.0.0.1:{port}"]
    return [{"address": f"127.0.0.1:{port}", "weight": 99}, {"address": f"127.0.0.1:{table.quitting}", "weight": 1}]


def document(table):
    """The table in the form of Laneway's lane table file."""
    shifts = []
    if table.share:
        shifts = [{"name": "default", "enabled": True, "tenant": [{"header": "x-tenant-id"}],
                   "environments": [{"lane": "G0", "share": f"{table.share}%"}]}]
    return {
        "schema": 1,
        "base": table.base,
        "lanes": [{"name": name, "parent": table.parents.get(name, table.base)} for name in table.lanes],
        "services": [
            {"name": service.name, "hosts": [service.host], **({"shift": "default"} if table.share else {}),
             **({"policy": {"ejection": "off"}} if table.quitting else {}),
             "deployments": [{"lane": lane, "protocol": table.protocol, "endpoints": _endpoints(table, port)}
                             for lane, port in service.ports.items()]}
            for service in table.services],
        **({"shifts": shifts} if shifts else {}),
    }
