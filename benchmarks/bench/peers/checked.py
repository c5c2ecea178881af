"""Laneway with what may check its requests: a token that was verified before, a decision that an authorizer gave before."""

import sys

from .. import token
from ..process import Process
from .laneway import Laneway


class Checked(Laneway):
    """In the small GET with a token alone, which `laneway` takes no notice of."""

    def __init__(self, suffix, note):
        super().__init__("io_uring", suffix=suffix)
        self.note += note

    def unable(self, case):
        return super().unable(case) or (None if case.key == "token" else "compared in token")


class Verified(Checked):
    """Verifies the token; from the second request on it is remembered."""

    def __init__(self):
        super().__init__("-jwt", ", jwt with a key of RSA")

    def configure(self, config, setup):
        keys = setup.write("keys.json", token.make().keys)
        config["listeners"][0]["jwt"] = {"issuers": [{"issuer": token.ISSUER, "audiences": ["shop"], "jwks": str(keys)}]}


class Authorized(Checked):
    """Asks an authorizer over HTTP, and remembers what it said for an hour."""

    def __init__(self):
        super().__init__("-auth", ", auth by http, decisions kept for an hour")

    def configure(self, config, setup):
        # The checks before the authorizer is there are let through.
        config["listeners"][0]["auth"] = {"http": f"http://127.0.0.1:{setup.third}/auth", "cache": "1h", "timeout": "2s",
                                          "include": {"headers": ["authorization"]}, "failure": "allow"}

    def attend(self, setup, cores):
        return Process("authorizer", [sys.executable, "-m", "bench.authorizer", setup.third], cores,
                       setup.folder / "authorizer.log", directory=self.root / "benchmarks")
