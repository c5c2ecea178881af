"""Laneway itself, through its launcher, with its defaults: access log and metrics stay on."""

import json

from ..paths import ROOT
from . import TLS, Command, Peer


class Laneway(Peer):
    """`transport` as in laneway.yaml; `profile` as in the launcher (gateway: throughput, sidecar: small)."""

    warm = 15

    def __init__(self, transport, profile="gateway", suffix=""):
        self.transport, self.profile = transport, profile
        self.name = f"laneway{suffix}"
        self.note = f"{transport}, profile {profile}, access log to standard output, metrics on"

    def missing(self):
        return None if (ROOT / "laneway").exists() else f"no launcher {ROOT}/laneway"

    def version(self):
        return self.transport

    def prepare(self, setup):
        listener = {"name": "edge", "address": f"127.0.0.1:{setup.port}", "trust": "external"}
        if setup.front == TLS:
            listener["tls"] = {"minVersion": "1.3", "certificates": [
                {"certificate": str(setup.certificate.pem), "privateKey": str(setup.certificate.key)}]}
        # JSON is YAML: one writer for both files.
        setup.write("lanes.yaml", json.dumps(document(setup.table)))
        config = {"listeners": [listener], "admin": {"address": f"127.0.0.1:{setup.spare}"},
                  "table": {"file": str(setup.folder / "lanes.yaml")}, "data": str(setup.folder / "data"),
                  "threads": 1, "transport": self.transport}
        if not setup.access_log:
            config["accessLog"] = {"target": "off"}
        path = setup.write("laneway.yaml", json.dumps(config, indent=1))
        return Command([ROOT / "laneway", "gateway", "-c", path], {"LANEWAY_PROFILE": self.profile})


def document(table):
    """The table in the form of Laneway's lane table file."""
    shifts = []
    if table.share:
        shifts = [{"name": "default", "enabled": True, "tenant": [{"header": "x-tenant-id"}],
                   "environments": [{"lane": "G0", "share": f"{table.share}%"}]}]
    return {
        "schema": 1,
        "base": table.base,
        "lanes": [{"name": name, "parent": table.base} for name in table.lanes],
        "services": [
            {"name": service.name, "hosts": [service.host], **({"shift": "default"} if table.share else {}),
             "deployments": [{"lane": lane, "protocol": table.protocol, "endpoints": [f"127.0.0.1:{port}"]}
                             for lane, port in service.ports.items()]}
            for service in table.services],
        **({"shifts": shifts} if shifts else {}),
    }
