"""A lint of the large table by the control API, which has a core to itself."""

import http.client
import json
import time

from .process import Failed

LINTS = 5


def turn(contestant):
    """The median of some lints, after as many that warm the virtual machine."""
    control = contestant.peer.companion(contestant.setup, contestant.options.proxy_cores)
    contestant.process = control
    for _ in range(LINTS):
        _lint(contestant.setup.control)
    before, begun = sum(control.cpu()), time.monotonic()
    for _ in range(LINTS):
        findings = _lint(contestant.setup.control)
    return {"lint": (time.monotonic() - begun) * 1e3 / LINTS, "cpuLint": (sum(control.cpu()) - before) * 1e3 / LINTS,
            "findings": findings, "rssBusy": control.rss() / 2**20}


def _lint(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", "/v1/lint")
        answer = connection.getresponse()
        text = answer.read()
    finally:
        connection.close()
    if answer.status != 200:
        raise Failed(f"GET /v1/lint: {answer.status} {text[:200]!r}")
    found = json.loads(text)
    return len(found if isinstance(found, list) else next(value for value in found.values() if isinstance(value, list)))
