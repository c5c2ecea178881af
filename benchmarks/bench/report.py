"""The table: printed, as Markdown, and as JSON."""

import json

from . import stats
from .paths import RESULTS
from .process import MACHINERY

# (heading, metric, digits, whether the range is shown)
COLUMNS = [
    ("can do req/s", "capacity", 0, True),
    ("asked req/s", "asked", 0, False),
    ("CPU µs/req", "cpu", 2, True),
    ("user", "user", 2, False),
    ("system", "system", 2, False),
    ("compilers", "compilers", 2, True),
    ("collections", "collections", 2, False),
    ("req/s", "rps", 0, True),
    ("core busy %", "busy", 0, False),
    ("RSS MiB", "rss", 1, False),
    ("failed", "failed", 0, False),
    ("pauses", "pauses", 0, False),
    ("pause ms", "pause", 2, True),
    ("longest ms", "longestPause", 2, True),
    ("p50 µs", "p50", 0, True),
    ("p99 µs", "p99", 0, True),
    ("p99.9 µs", "p999", 0, True),
    ("failed at rate", "lateFailed", 0, False),
    ("p99 µs of 100 ms", "slice99", 0, True),
    ("p99.9 µs of 100 ms", "slice999", 0, True),
    ("generator paused ms/s", "paused", 2, False),
    ("stalls/s", "stalls", 1, True),
    ("no core ms/s", "waited", 2, True),
    ("changes", "changes", 0, False),
    ("refused", "refused", 0, False),
    ("seen applied", "applied", 0, False),
    ("ready ms", "ready", 0, True),
    ("RSS idle MiB", "rssIdle", 1, True),
    ("RSS busy MiB", "rssBusy", 1, True),
    ("KiB a connection", "perConnection", 1, True),
    ("scrapes", "scrapes", 0, False),
    ("failed scrapes", "unscraped", 0, False),
    ("CPU µs/MiB", "cpuMib", 0, True),
    ("MiB/s", "mibs", 1, False),
    ("cut", "cut", 0, False),
    ("lint ms", "lint", 1, True),
    ("CPU ms/lint", "cpuLint", 1, True),
    ("findings", "findings", 0, False),
]
SUMMED = {"failed", "pauses", "lateFailed", "changes", "refused", "applied", "scrapes", "unscraped", "cut"}
# Left out where they are 0 for all.
OPTIONAL = SUMMED - {"failed", "lateFailed"} | MACHINERY.keys()
AGAINST = ("nginx", "haproxy")


def cells(row, heading_filter):
    for heading, metric, digits, ranged in heading_filter:
        values = row.get(metric)
        if not values:
            yield "–"
        elif metric in SUMMED:
            yield f"{sum(values):.0f}"
        elif ranged and len(values) > 1:
            low, high = stats.spread(values)
            yield f"{stats.median(values):.{digits}f} ({low:.{digits}f}–{high:.{digits}f})"
        else:
            yield f"{stats.median(values):.{digits}f}"


def grid(case, outcome):
    """The case's table as lists of text: headings first."""
    rows = {name: row for name, row in outcome["rows"].items() if row}
    shown = [column for column in COLUMNS if _has_column(column[1], rows)]
    headings = ["proxy", *(column[0].replace("req", case.unit) for column in shown)]
    labels = [variant.label for variant in case.variants]
    against = [] if case.kind != "load" else list(AGAINST)
    headings += [f"× {other}" for other in against] + ([f"× own {labels[0]}"] if len(labels) > 1 else [])
    lines = [headings]
    for name, row in rows.items():
        line = [name, *cells(row, shown)]
        peer, label = _split(name, labels)
        line += [_ratio(rows, row, f"{other} ({label})" if label else other) for other in against]
        if len(labels) > 1:
            line.append(_ratio(rows, row, f"{peer} ({labels[0]})"))
        lines.append(line)
    return lines


def _has_column(metric, rows):
    values = [row.get(metric) or [] for row in rows.values()]
    return any(any(each) for each in values) if metric in OPTIONAL else any(values)


def _split(name, labels):
    for label in labels:
        if label and name.endswith(f" ({label})"):
            return name[: -len(label) - 3], label
    return name, ""


def _ratio(rows, row, other):
    value = stats.ratio(row.get("cpu", []), rows.get(other, {}).get("cpu", []))
    return "–" if value is None else f"{value:.2f}"


def text(lines):
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths)).rstrip() for line in lines)


def markdown(lines):
    head, *rest = lines
    ruled = [head, ["---", *["--:"] * (len(head) - 1)], *rest]
    return "\n".join("| " + " | ".join(line) + " |" for line in ruled)


def notes(outcome):
    lines = [f"{name}: not run: {' '.join(why.split())}" for name, why in outcome["left"].items()]
    if outcome.get("rate"):
        lines.insert(0, f"Latency at {outcome['rate']:.0f} requests/s, counted from when each request was due.")
    return lines


def write(run):
    """Writes results/<time>.md and .json, and latest.md and .json beside them; returns the Markdown file."""
    RESULTS.mkdir(exist_ok=True)
    pieces = [f"# Side by side, {run['time']}", "", f"`{run['command']}`", "", *_facts(run), ""]
    for case, outcome in run["cases"]:
        pieces += [f"## {case.title}", "", markdown(grid(case, outcome)), ""]
        pieces += [f"- {line}" for line in notes(outcome)] + [""]
    stamp = run["time"].replace(":", "").replace(" ", "-")
    data = {**{key: run[key] for key in ("time", "command", "machine", "peers", "options")},
            "cases": {case.key: {"title": case.title, **outcome} for case, outcome in run["cases"]}}
    for name in (stamp, "latest"):
        (RESULTS / f"{name}.md").write_text("\n".join(pieces), encoding="utf-8")
        (RESULTS / f"{name}.json").write_text(json.dumps(data, indent=1), encoding="utf-8")
    return RESULTS / f"{stamp}.md"


def _facts(run):
    machine = run["machine"]
    yield (f"{machine['processor']}, {machine['cores']} cores, {machine['memoryGiB']} GiB, Linux {machine['kernel']}; "
           f"proxy on core {machine['proxyCores']}, load and upstream on {machine['loadAndUpstreamCores']}; "
           f"upstream {machine['upstream']}; load average at the start {machine['loadAverageAtStart']:.1f}.")
    yield ""
    yield ("CPU is user and system time of all the proxy's processes over the requests answered: medians, ranges in "
           "brackets, ratios within the same rounds.")
    yield ""
    for name, (version, note) in run["peers"].items():
        yield f"- {name} {version}: {note}"
