"""What a request may cost, as it is written down in guard.json, and what is beyond it."""

import json

from ..paths import BENCHMARKS

FILE = BENCHMARKS / "guard.json"
WORDS = {"allocated": "bytes allocated a request", "calls": "system calls a request", "sent": "bytes to the upstream a request",
         "received": "bytes to the client a request", "buffers": "bytes of buffers held"}
# How much more is no growth: what compilers happen to inline (some 150 bytes from run to run), how reads fall, and digits
# of times and ids.
SPARE = {"allocated": (1.15, 192), "calls": (1.1, 0.3), "sent": (1, 4), "received": (1, 4), "buffers": (1.25, 65_536)}


def beyond(transport, case, counted):
    """What is more than is written down, in words. A count that is not written down fails as well."""
    for name, value in counted.items():
        bound = most(transport, case, name)
        if bound < 0:
            yield f"{transport}, {case}: {value} {WORDS[name]}, and {FILE.name} has no number for it (expected: one; --write adds it)"
        elif value > bound:
            yield f"{transport}, {case}: {value} {WORDS[name]} (expected: <= {bound:g}; see {FILE.name})"


def most(transport, case, name):
    """The most that is no growth; -1 where nothing is written down."""
    written = _written().get(transport, {}).get(case, {}).get(name)
    if written is None:
        return -1
    factor, more = SPARE[name]
    return max(written * factor, written + more)


def _written():
    return json.loads(FILE.read_text()) if FILE.exists() else {}


def line(counted):
    return ", ".join(f"{value} {WORDS[name]}" for name, value in counted.items())


def write(found):
    """Writes down what was counted, and keeps what was not."""
    kept = _written()
    for transport, cases in found.items():
        for case, counted in cases.items():
            kept.setdefault(transport, {}).setdefault(case, {}).update(counted)
    FILE.write_text(json.dumps(kept, indent=1, sort_keys=True) + "\n")
