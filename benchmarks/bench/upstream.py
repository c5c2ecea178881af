"""What stands behind every proxy: nginx for HTTP/1.1, else a small server in Java; nghttpd for gRPC. Its port is its lane."""

import shutil

from . import java, probe
from .streams import StreamUpstream
from .machine import free_ports
from .paced import Paced
from .process import Failed, Process

PORTS = 8
CONFIG = """
daemon off;
pid {folder}/upstream.pid;
error_log {folder}/error.log warn;
worker_processes 1;
worker_rlimit_nofile 20000;
events {{ worker_connections 16384; }}
http {{
  access_log off;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
  http2_max_concurrent_streams 1024;
  sendfile on;
  open_file_cache max=10;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
{listen}
    root {folder}/files;
    location / {{ return 200 "{body}"; }}
    location = /check {{ return 200 "$server_port|$http_x_forwarded_for|$http_host"; }}
    location = /1m {{ }}
  }}
  server {{
    listen 127.0.0.1:{quitting};
    return 444;
  }}
}}
"""


def missing():
    if shutil.which("nginx") or shutil.which("javac"):
        return None
    return "no nginx on the PATH (Debian package nginx) and no JDK to serve as upstream"


def name():
    return "nginx" if shutil.which("nginx") else "io.laneway.benchmarks.load.Upstream, for want of nginx"


def grpc_missing():
    return None if shutil.which("nghttpd") else "no nghttpd on the PATH (Debian package nghttp2-server) to serve gRPC"


class Ports(list):
    """The ports of lanes, and beside them one that ends each connection without a response; 0 for none."""

    quitting = 0


class HttpUpstream:
    """Answers 100 bytes to anything, one MiB to /1m, and to /check who it is and what it saw."""

    http2 = False

    def __init__(self, folder, cores):
        folder.mkdir(parents=True)
        *ports, quitting = free_ports(PORTS + 1)
        self.ports = Ports(ports)
        if shutil.which("nginx"):
            self.ports.quitting = quitting
        command = self._nginx(folder) if shutil.which("nginx") else self._java()
        self._process = Process("upstream", command, cores, folder / "output.log")
        probe.until(self._process, lambda: self._asked()[0] == 200)

    def _asked(self):
        return probe.get_h2c(self.ports[0], "/check", {}) if self.http2 else probe.get(self.ports[0], "/check", {})

    def _nginx(self, folder):
        folder.joinpath("files").mkdir()
        folder.joinpath("files", "1m").write_bytes(bytes(range(256)) * 4096)
        http2 = " http2" if self.http2 else ""
        listen = "\n".join(f"    listen 127.0.0.1:{port}{http2} backlog=16384;" for port in self.ports)
        config = folder / "upstream.conf"
        config.write_text(CONFIG.format(folder=folder, listen=listen, body="x" * 100, quitting=self.ports.quitting))
        return ["nginx", "-p", folder, "-c", config]

    def _java(self):
        return ["java", "-XX:+UseSerialGC", "-cp", java.classes(), "io.laneway.benchmarks.load.Upstream", *self.ports]

    def stop(self):
        self._process.stop()


class Http2Upstream(HttpUpstream):
    """The same over HTTP/2 with prior knowledge."""

    http2 = True


class GrpcUpstream:
    """Answers each call with one five-byte empty gRPC message and `grpc-status: 0` in the trailers, over h2c."""

    def __init__(self, folder, cores):
        folder.joinpath("files", "bench.Bench").mkdir(parents=True)
        folder.joinpath("files", "bench.Bench", "Call.grpc").write_bytes(b"\0\0\0\0\0")
        folder.joinpath("mime.types").write_text("application/grpc grpc\n")
        self.ports = free_ports(2)
        self._processes = [
            Process("grpc upstream",
                    ["nghttpd", "--no-tls", "-a", "127.0.0.1", "-m", "1000", "-d", folder / "files", "--trailer",
                     "grpc-status: 0", "--mime-types-file", folder / "mime.types", str(port)],
                    cores, folder / f"output-{port}.log")
            for port in self.ports]
        for process, port in zip(self._processes, self.ports):
            probe.until(process, lambda port=port: probe.connects(port))

    def stop(self):
        for process in self._processes:
            process.stop()


def start(protocol, folder, cores):
    wanted, problem = {"h2c": (GrpcUpstream, grpc_missing()), "streams": (StreamUpstream, None), "paced": (Paced, None)}.get(
        protocol, (HttpUpstream, missing()))
    if not problem and protocol == "http2":
        wanted, problem = Http2Upstream, None if shutil.which("nginx") else "no nginx on the PATH to serve HTTP/2"
    if problem:
        raise Failed(problem)
    return wanted(folder, cores)
