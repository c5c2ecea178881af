"""Laneway with what may watch its requests: none, spans of one in a hundred, a tail of everything, a recording."""

import sys

from ..process import Process
from .laneway import Laneway


class Observed(Laneway):
    """In the small GET alone."""

    def __init__(self, suffix, note):
        super().__init__("io_uring", suffix=suffix)
        self.note += note

    def unable(self, case):
        return super().unable(case) or (None if case.key == "get-64" else "compared in get-64")


class Unremembered(Observed):
    """Keeps nothing of finished requests: what the tap costs is the difference to `laneway`."""

    def __init__(self):
        super().__init__("-unremembered", ", requests.remembered: 0")

    def configure(self, config, setup):
        config["requests"] = {"remembered": 0}


class Traced(Observed):
    """Spans of 1 % over OTLP, to a receiver that drops them."""

    def __init__(self):
        super().__init__("-spans", ", spans of 1 %")

    def configure(self, config, setup):
        config["tracing"] = {"otlp": f"http://127.0.0.1:{setup.third}", "sampler": {"ratio": "1%"}}

    def attend(self, setup, cores):
        return Process("receiver of spans", [sys.executable, "-m", "bench.spans", setup.third], cores,
                       setup.folder / "receiver.log", directory=self.root / "benchmarks")


class Tailed(Observed):
    """A tail of every request, read by curl."""

    def __init__(self):
        super().__init__("-tail", ", a tail of everything")

    def attend(self, setup, cores):
        return Process("reader of the tail", ["curl", "-sSN", "-o", "/dev/null", f"http://127.0.0.1:{setup.spare}/tail"], cores,
                       setup.folder / "tail.log")


class Recorded(Observed):
    """A recording of a share of the requests, into the data directory."""

    def __init__(self, percent):
        super().__init__(f"-recording-{percent}", f", {percent} % recorded")
        self.percent = percent

    def beyond(self):
        return {"recordings": [{"name": "bench", "share": f"{self.percent}%", "until": "2999-01-01T00:00:00Z", "max": "16GiB"}]}
