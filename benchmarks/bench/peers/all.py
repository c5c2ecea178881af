"""Every peer, in the order of the table's rows."""

import os
import pathlib

from .caddy import Caddy
from .checked import Authorized, Verified
from .collected import every as every_collector
from .envoy import Envoy
from .haproxy import Haproxy, SplicingHaproxy
from .laneway import Laneway
from .nginx import LargeNginx, Nginx
from .observed import Recorded, Tailed, Traced, Unremembered
from .relay import Relay, UringRelay
from .spring import Spring

# Another checkout of Laneway, such as the commit before, in the same run.
BEFORE = os.environ.get("LANEWAY_BENCH_BEFORE")

PEERS = [
    Laneway("io_uring"),
    Laneway("epoll", suffix="-epoll"),
    Laneway("io_uring", profile="sidecar", suffix="-sidecar"),
    Unremembered(),
    Traced(),
    Tailed(),
    Recorded(1),
    Recorded(5),
    Verified(),
    Authorized(),
    *([Laneway("io_uring", suffix="-before", root=pathlib.Path(BEFORE)),
       Laneway("epoll", suffix="-epoll-before", root=pathlib.Path(BEFORE))] if BEFORE else []),
    *every_collector(),
    Nginx(),
    LargeNginx(),
    Haproxy(),
    SplicingHaproxy(),
    Caddy(),
    Spring(),
    Envoy(),
    Relay(),
    UringRelay(),
]
