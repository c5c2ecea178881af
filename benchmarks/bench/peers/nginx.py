"""nginx: `map` from the lane header (and host) to an upstream, `split_clients` for a shift."""

import shutil

from ..machine import first_line, raise_file_limit
from . import GRPC, H2C, TLS, Command, Peer

HEAD = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
worker_processes 1;
worker_rlimit_nofile {files};
events {{ worker_connections {connections}; }}
http {{
  access_log {access_log};
{buffers}
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map_hash_max_size 262144;
  map_hash_bucket_size 128;
  keepalive_requests 1000000000;
  keepalive_timeout 1h;
"""


class Nginx(Peer):
    name = "nginx"
    retries = True
    note = "buffered access log (64 KiB, 1 s), answers never spill to disk"
    buffers = ""

    def missing(self):
        return None if shutil.which("nginx") else "no nginx on the PATH (Debian package nginx)"

    def version(self):
        return first_line("nginx", "-v").rpartition("/")[2]

    def unable(self, case):
        return super().unable(case) or ("no HTTP/2 to upstreams but for gRPC" if case.behind == "http2" else None)

    def prepare(self, setup):
        log = f"{setup.folder}/access.log combined buffer=64k flush=1s" if setup.access_log else "off"
        lines = [HEAD.format(folder=setup.folder, access_log=log, buffers=self.buffers,
                             files=raise_file_limit() if setup.streams else 20000,
                             connections=32768 if setup.streams else 16384)]
        lines += ['  map $http_upgrade $connection_upgrade { default upgrade; "" ""; }'] if setup.streams else []
        lines += [_upstream(port, setup.table.quitting) for port in setup.table.ports()]
        lines += [_maps(setup.table), _server(setup), "}"]
        config = setup.write("nginx.conf", "\n".join(lines))
        return Command(["nginx", "-p", setup.folder, "-c", config])


class LargeNginx(Nginx):
    """With buffers of 64 KiB rather than of a page, by which it copies what it passes on."""

    name = "nginx-64k"
    note = "nginx with proxy_buffer_size 64k"
    buffers = "  proxy_buffer_size 64k;\n  proxy_buffers 8 64k;\n  proxy_busy_buffers_size 128k;"

    def unable(self, case):
        return super().unable(case) or (None if case.bulk else "compared where bytes come by the MiB")


def _upstream(port, quitting):
    beside = f" weight=99; server 127.0.0.1:{quitting} max_fails=0" if quitting else ""
    return f"  upstream u{port} {{ server 127.0.0.1:{port}{beside}; keepalive 512; keepalive_requests 1000000000; }}"


def _maps(table):
    if table.share:
        ports = table.services[0].ports
        return (f'  split_clients "$http_x_tenant_id" $assigned {{ {table.share}% u{ports["G0"]}; * u{ports[table.base]}; }}\n'
                f'  map $http_x_tenant_id $to {{ "" u{ports[table.base]}; default $assigned; }}')
    if len(table.services) == 1:
        ports = table.services[0].ports
        lanes = "".join(f"    {lane} u{port};\n" for lane, port in ports.items())
        return f"  map $http_trace_branch $to {{\n{lanes}    default u{ports[table.base]};\n  }}"
    bases = "".join(f"    {service.host} u{service.ports[table.base]};\n" for service in table.services)
    pairs = "".join(f'    "{service.host}|{lane}" u{port};\n'
                    for service in table.services for lane, port in service.ports.items())
    return (f"  map $host $base {{\n{bases}  }}\n"
            f'  map "$host|$http_trace_branch" $to {{\n{pairs}    default $base;\n  }}')


def _server(setup):
    http2 = " http2" if setup.front in (H2C, GRPC) else ""
    tls = ""
    if setup.front == TLS:
        http2 = " ssl"
        tls = (f"    ssl_protocols TLSv1.3;\n    ssl_certificate {setup.certificate.pem};\n"
               f"    ssl_certificate_key {setup.certificate.key};\n")
    if setup.front == GRPC:
        forward = ("      grpc_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
                   "      grpc_pass grpc://$to;\n")
    else:
        connection = ('      proxy_set_header Connection "";\n' if not setup.streams else
                      "      proxy_set_header Upgrade $http_upgrade;\n      proxy_set_header Connection $connection_upgrade;\n"
                      "      proxy_request_buffering off;\n      proxy_buffering off;\n      client_max_body_size 0;\n")
        forward = ("      proxy_http_version 1.1;\n" + connection +
                   "      proxy_set_header Host $http_host;\n"
                   "      proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n"
                   "      proxy_max_temp_file_size 0;\n      client_body_buffer_size 64k;\n"
                   "      proxy_pass http://$to;\n")
    return (f"  server {{\n    listen 127.0.0.1:{setup.port}{http2} reuseport backlog=16384;\n{tls}"
            f"    location / {{\n{forward}    }}\n  }}")
