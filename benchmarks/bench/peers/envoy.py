"""Envoy, when a binary is on the PATH: a route for each lane of a small table, one worker."""

import json
import shutil

from ..machine import first_line
from . import TLS, Command, Peer

ROUTER = {"name": "envoy.filters.http.router", "typed_config": {
    "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}
HTTP2 = {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
    "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
    "explicit_http_config": {"http2_protocol_options": {}}}}


class Envoy(Peer):
    name = "envoy"
    note = "one worker, access log to a file"

    def missing(self):
        return None if shutil.which("envoy") else "no envoy on the PATH"

    def version(self):
        return first_line("envoy", "--version").split("/")[1]

    def unable(self, case):
        if case.scale:
            return "a virtual host and a route for every pair: not written here"
        if case.shift:
            return "no split by tenant without a filter of one's own"
        return super().unable(case)

    def prepare(self, setup):
        ports = setup.table.services[0].ports
        bootstrap = {
            "static_resources": {"listeners": [_listener(setup, ports)],
                                 "clusters": [_cluster(setup, port) for port in setup.table.ports()]},
            "admin": {"address": _address(setup.spare)}}
        config = setup.write("envoy.json", json.dumps(bootstrap, indent=1))
        return Command(["envoy", "-c", config, "--concurrency", "1", "--log-level", "warning", "--disable-hot-restart"])


def _listener(setup, ports):
    routes = []
    for lane, port in sorted(ports.items(), key=lambda entry: entry[0] == setup.table.base):
        match = {"prefix": "/"}
        if lane != setup.table.base:
            match["headers"] = [{"name": "trace-branch", "string_match": {"exact": lane}}]
        routes.append({"match": match, "route": {"cluster": f"u{port}"}})
    manager = {
        "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
        "stat_prefix": "edge", "codec_type": "AUTO", "use_remote_address": True, "http_filters": [ROUTER],
        "route_config": {"virtual_hosts": [{"name": "all", "domains": ["*"], "routes": routes}]}}
    if setup.access_log:
        manager["access_log"] = [{"name": "envoy.access_loggers.file", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
            "path": f"{setup.folder}/access.log"}}]
    chain = {"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": manager}]}
    if setup.front == TLS:
        chain["transport_socket"] = {"name": "envoy.transport_sockets.tls", "typed_config": {
            "@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
            "common_tls_context": {
                "tls_params": {"tls_minimum_protocol_version": "TLSv1_3"},
                "tls_certificates": [{"certificate_chain": {"filename": str(setup.certificate.pem)},
                                      "private_key": {"filename": str(setup.certificate.key)}}]}}}
    return {"address": _address(setup.port), "filter_chains": [chain]}


def _cluster(setup, port):
    cluster = {"name": f"u{port}", "type": "STATIC", "load_assignment": {"cluster_name": f"u{port}", "endpoints": [
        {"lb_endpoints": [{"endpoint": {"address": _address(port)}}]}]}}
    if setup.table.protocol == "h2c":
        cluster["typed_extension_protocol_options"] = HTTP2
    return cluster


def _address(port):
    return {"socket_address": {"address": "127.0.0.1", "port_value": port}}
