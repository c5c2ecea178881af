"""HAProxy: a map file from the lane header (and host) to a backend; a hash of the tenant for a shift."""

import shutil
import socket

from ..machine import first_line
from . import GRPC, H2C, TLS, Command, Peer

HEAD = """
global
  nbthread 1
  maxconn 12000
  no strict-limits
  stats socket ipv4@127.0.0.1:{spare} level admin
{log_target}
defaults
  mode http
{log}
  option forwardfor
  option http-keep-alive
  http-reuse always
  timeout connect 5s
  timeout client 1h
  timeout server 1h
{options}
"""


class Haproxy(Peer):
    name = "haproxy"
    changeable = True
    retries = True
    scrapable = True
    note = "access log to standard output, a write a request"
    options = ""

    def missing(self):
        return None if shutil.which("haproxy") else "no haproxy on the PATH (Debian package haproxy)"

    def version(self):
        return first_line("haproxy", "-v").split()[2]

    def prepare(self, setup):
        log = setup.access_log
        lines = [HEAD.format(spare=setup.spare, log_target="  log stdout format raw local0" if log else "",
                             log="  log global\n  option httplog" if log else "", options=self.options)]
        lines += ["frontend edge", f"  bind 127.0.0.1:{setup.port} backlog 16384{_bind(setup)}", _rules(setup)]
        speak = " proto h2" if setup.table.protocol == "h2c" else ""
        for port in setup.table.ports():
            lines += [f"backend u{port}", *_servers(port, setup.table.quitting, f"{speak} pool-max-conn 512")]
        config = setup.write("haproxy.cfg", "\n".join(lines) + "\n")
        return Command(["haproxy", "-db", "-f", config])

    def change(self, setup, number):
        """Over the runtime interface: one map entry points elsewhere."""
        lane, port = setup.table.changed(number)
        answer = _runtime(setup, f"set map {setup.folder}/lanes.map {lane} u{port}").strip()
        if answer:
            raise OSError(f"set map: {answer.decode()}")

    def scrape(self, setup):
        """The counters of its frontends, backends and servers, as its exporters read them."""
        if b"frontend" not in _runtime(setup, "show stat").lower():
            raise OSError("show stat: no counters")


def _runtime(setup, command):
    with socket.create_connection(("127.0.0.1", setup.spare), 1) as runtime:
        runtime.sendall(command.encode() + b"\n")
        answer = b""
        while received := runtime.recv(65536):
            answer += received
        return answer


def _servers(port, quitting, more):
    if not quitting:
        return [f"  server s 127.0.0.1:{port}{more}"]
    return ["  retries 3", "  option redispatch 1", "  retry-on conn-failure empty-response",
            f"  server s 127.0.0.1:{port}{more} weight 99", f"  server quits 127.0.0.1:{quitting}{more} weight 1"]


class SplicingHaproxy(Haproxy):
    """Which takes bytes from socket to socket through a pipe where it finds that this pays."""

    name = "haproxy-splice"
    note = "HAProxy with option splice-auto"
    options = "  option splice-auto"

    def unable(self, case):
        return super().unable(case) or (None if case.bulk else "compared where bytes come by the MiB")


def _bind(setup):
    if setup.front == TLS:
        return f" ssl crt {setup.certificate.both} ssl-min-ver TLSv1.3"
    return " proto h2" if setup.front in (H2C, GRPC) else ""


def _rules(setup):
    table = setup.table
    if table.share:
        ports = table.services[0].ports
        return (f"  use_backend u{ports['G0']} if {{ req.hdr(x-tenant-id) -m found }} "
                f"{{ req.hdr(x-tenant-id),xxh32,mod(100) lt {table.share} }}\n"
                f"  default_backend u{ports[table.base]}")
    if len(table.services) == 1:
        ports = table.services[0].ports
        lanes = setup.write("lanes.map", "".join(f"{lane} u{port}\n" for lane, port in ports.items()))
        return (f"  use_backend %[req.hdr(trace-branch),map_str({lanes})] if {{ req.hdr(trace-branch),map_str({lanes}) -m found }}\n"
                f"  default_backend u{ports[table.base]}")
    bases = setup.write("bases.map", "".join(f"{s.host} u{s.ports[table.base]}\n" for s in table.services))
    pairs = setup.write("pairs.map", "".join(
        f"{s.host}|{lane} u{port}\n" for s in table.services for lane, port in s.ports.items()))
    return ("  http-request set-var(txn.host) req.hdr(host),field(1,:),lower\n"
            "  http-request set-var(txn.lane) req.hdr(trace-branch)\n"
            f"  http-request set-var(txn.to) var(txn.host),concat(|,txn.lane),map_str({pairs})\n"
            "  use_backend %[var(txn.to)] if { var(txn.to) -m found }\n"
            f"  use_backend %[var(txn.host),map_str({bases})]")
