"""Every peer, in the order of the table's rows."""

from .caddy import Caddy
from .envoy import Envoy
from .haproxy import Haproxy
from .laneway import Laneway
from .nginx import Nginx
from .relay import Relay
from .spring import Spring

PEERS = [
    Laneway("io_uring"),
    Laneway("epoll", suffix="-epoll"),
    Laneway("io_uring", profile="sidecar", suffix="-sidecar"),
    Nginx(),
    Haproxy(),
    Caddy(),
    Spring(),
    Envoy(),
    Relay(),
]
