"""Spring Cloud Gateway (WebFlux on Reactor Netty), its jars from Maven Central, one I/O worker."""

import json
import re
import shutil
import subprocess

from ..paths import BENCHMARKS, ROOT
from . import H2C, HTTP1, TLS, Command, Peer

MODULE = BENCHMARKS / "peers" / "spring-cloud-gateway"
LIBRARIES = MODULE / "target" / "lib"
LOGBACK = """<configuration>
  <appender name="access" class="ch.qos.logback.core.FileAppender">
    <file>{folder}/access.log</file><encoder><pattern>%msg%n</pattern></encoder>
  </appender>
  <logger name="reactor.netty.http.server.AccessLog" level="INFO" additivity="false"><appender-ref ref="access"/></logger>
  <appender name="out" class="ch.qos.logback.core.ConsoleAppender"><encoder><pattern>%d %msg%n</pattern></encoder></appender>
  <root level="WARN"><appender-ref ref="out"/></root>
</configuration>
"""


class Spring(Peer):
    name = "spring-cloud-gateway"
    warm = 20
    fronts = (HTTP1, TLS, H2C)
    note = "access log of Reactor Netty to a file, -Xmx512m"

    def missing(self):
        if not shutil.which("java"):
            return "no java on the PATH"
        if not (MODULE / "target" / "peer.jar").exists():
            print("spring-cloud-gateway: fetching and building it once", flush=True)
            built = subprocess.run([ROOT / "mvnw", "-q", "-f", MODULE / "pom.xml", "package"],
                                   capture_output=True, text=True)
            if built.returncode:
                return "its jars could not be had: " + built.stdout.strip()[:300]
        return None

    def version(self):
        jars = [re.search(r"gateway-server-webflux-([\d.]+)\.jar", jar.name) for jar in LIBRARIES.glob("*.jar")]
        return next((jar.group(1) for jar in jars if jar), "?")

    def unable(self, case):
        if case.scale:
            return "its routes are a list, tried one by one"
        if case.shift:
            return "no split by tenant"
        return super().unable(case) or ("HTTP/2 to upstreams is not written here" if case.behind == "http2" else None)

    def prepare(self, setup):
        setup.write("logback.xml", LOGBACK.format(folder=setup.folder))
        ports = setup.table.services[0].ports
        routes = [_route(lane, port, lane != setup.table.base)
                  for lane, port in sorted(ports.items(), key=lambda entry: entry[0] == setup.table.base)]
        gateway = {"server": {"webflux": {"routes": routes, "trusted-proxies": ".*"}}}
        server = {"address": "127.0.0.1", "port": setup.port, "http2": {"enabled": setup.front == H2C}}
        if setup.front == TLS:
            server["ssl"] = {"certificate": f"file:{setup.certificate.pem}", "enabled-protocols": ["TLSv1.3"],
                             "certificate-private-key": f"file:{setup.certificate.key}"}
        config = {"server": server, "spring": {"main": {"banner-mode": "off"}, "cloud": {"gateway": gateway}},
                  "logging": {"config": f"{setup.folder}/logback.xml"}}
        path = setup.write("application.yaml", json.dumps(config, indent=1))
        options = ["-Xmx512m", "-Dreactor.netty.ioWorkerCount=1", "-Dreactor.netty.pool.maxConnections=512",
                   f"-Dreactor.netty.http.server.accessLogEnabled={str(setup.access_log).lower()}"]
        return Command(["java", *options, "-cp", f"{MODULE}/target/peer.jar:{LIBRARIES}/*",
                        "io.laneway.benchmarks.scg.Peer", f"--spring.config.location=file:{path}"])


def _route(lane, port, by_header):
    predicates = ["Path=/**"] + ([f"Header=trace-branch, ^{re.escape(lane)}$"] if by_header else [])
    return {"id": lane, "uri": f"http://127.0.0.1:{port}", "predicates": predicates}
