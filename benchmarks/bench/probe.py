"""Single requests: until a program is ready, and to see that a proxy does the work it is measured for."""

import http.client
import socket
import ssl
import subprocess
import time

from . import peers
from .process import Failed

PATIENCE = 60


def until(process, ready, patience=PATIENCE):
    """Waits for `ready()`; returns seconds since the process was started. Fails when it ends or takes too long."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        process.check()
        try:
            if ready():
                return time.monotonic() - process.started
        except (OSError, http.client.HTTPException):
            pass
        time.sleep(0.005)
    raise Failed(f"{process.name} was not ready within {patience} s: {process.last_words()}")


def connects(port):
    socket.create_connection(("127.0.0.1", port), 1).close()
    return True


def get(port, path, headers, tls=False):
    """(status, body) of one GET on a connection of its own."""
    if tls:
        connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=5, context=ssl._create_unverified_context())
    else:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode("latin-1")
    finally:
        connection.close()


def get_h2c(port, path, headers):
    """(status, body) over HTTP/2 with prior knowledge; the status is 200 when there is a body at all."""
    fields = [part for name, value in headers.items()
              for part in ("-H", f"{':authority' if name == 'Host' else name}: {value}")]
    done = subprocess.run(["nghttp", *fields, f"http://127.0.0.1:{port}{path}"], capture_output=True, text=True, timeout=10)
    return (200 if done.stdout else 0), done.stdout.strip()


def ask(setup, path, headers):
    """One GET through a proxy, in the way its front speaks."""
    if setup.front in (peers.H2C, peers.GRPC):
        return get_h2c(setup.port, path, headers)
    return get(setup.port, path, headers, tls=setup.front == peers.TLS)


def ready(setup):
    """Whether the proxy answers through to the upstream."""
    if setup.front == peers.GRPC:
        return connects(setup.port)
    status, _ = ask(setup, "/check", {"Host": setup.table.services[0].host})
    return status == 200


def verify(name, setup):
    """Fails unless the proxy routes a sample of the table's lanes as it should and adds `X-Forwarded-For`."""
    if setup.front == peers.GRPC:
        verify_grpc(name, setup)
        return
    for service in setup.table.services[:3]:
        lanes = list(service.ports)[:4] if not setup.table.share else [setup.table.base]
        for lane in [*lanes, *setup.table.parents, "no-such-lane"]:
            status, body = ask(setup, "/check", {"Host": service.host, "trace-branch": lane})
            wanted = service.ports.get(lane, service.ports[setup.table.base])
            seen = body.split("|")
            if status != 200 or seen[0] != str(wanted):
                raise Failed(f"{name}: {service.host} in lane {lane} went to {status} {body!r} (expected: port {wanted})")
            if not seen[1]:
                raise Failed(f"{name}: no X-Forwarded-For reached the upstream (expected: the client's address)")


def verify_grpc(name, setup):
    """Fails unless a unary call comes back with its message and with `grpc-status: 0` in the trailers."""
    message = setup.folder / "call"
    message.write_bytes(b"\0\0\0\0\0")
    done = subprocess.run(
        ["nghttp", "-v", "-d", message, "-H", "content-type: application/grpc", "-H", "te: trailers",
         "-H", "trace-branch: f-1", "-H", f":authority: {setup.table.services[0].host}",
         f"http://127.0.0.1:{setup.port}/bench.Bench/Call.grpc"], capture_output=True, text=True, timeout=10)
    for wanted in (":status: 200", "content-type: application/grpc", "grpc-status: 0"):
        if wanted not in done.stdout:
            raise Failed(f"{name}: a gRPC call brought no {wanted!r}: {done.stdout[-300:]!r}")
