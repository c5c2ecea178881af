"""Caddy: a matcher on the lane header for each lane of a small table."""

import shutil

from ..machine import first_line
from . import GRPC, H2C, TLS, Command, Peer

GLOBAL = """{
	admin off
	auto_https off
	skip_install_trust
	servers {
		protocols h1 %s
	}
}
"""


class Caddy(Peer):
    name = "caddy"
    note = "access log to a file"

    def missing(self):
        return None if shutil.which("caddy") else "no caddy on the PATH (Debian package caddy)"

    def version(self):
        return first_line("caddy", "version").split()[0]

    def unable(self, case):
        if case.scale:
            return "its map is searched from top to bottom"
        if case.shift:
            return "no split by tenant"
        return super().unable(case)

    def prepare(self, setup):
        tls = setup.front == TLS
        ports = setup.table.services[0].ports
        lines = [GLOBAL % ("h2c" if setup.front in (H2C, GRPC) else ""),
                 f"{'https' if tls else 'http'}://:{setup.port} {{", "\tbind 127.0.0.1"]
        if tls:
            lines += [f"\ttls {setup.certificate.pem} {setup.certificate.key} {{", "\t\tprotocols tls1.3", "\t}"]
        if setup.access_log:
            lines += ["\tlog {", f"\t\toutput file {setup.folder}/access.log", "\t}"]
        for number, (lane, port) in enumerate(ports.items()):
            if lane != setup.table.base:
                lines += [f"\t@lane{number} header trace-branch {lane}", *_proxy(f"@lane{number} ", port, setup)]
        lines += [*_proxy("", ports[setup.table.base], setup), "}"]
        config = setup.write("Caddyfile", "\n".join(lines) + "\n")
        return Command(["caddy", "run", "--adapter", "caddyfile", "--config", config],
                       {"GOMAXPROCS": "1", "HOME": str(setup.folder), "XDG_DATA_HOME": str(setup.folder),
                        "XDG_CONFIG_HOME": str(setup.folder)})


def _proxy(matcher, port, setup):
    versions = "h2c" if setup.table.protocol == "h2c" else "1.1"
    return [f"\treverse_proxy {matcher}127.0.0.1:{port} {{", "\t\ttransport http {", f"\t\t\tversions {versions}",
            "\t\t\tkeepalive_idle_conns_per_host 512", "\t\t}", "\t}"]
