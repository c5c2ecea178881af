package io.laneway.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.gateway.runtime.config.GatewayConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GatewayIT {

    @TempDir
    Path dir;

    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer upstream;

    @BeforeEach
    void startUpstream() throws Exception {
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        upstream.start();
    }

    @AfterEach
    void stopUpstream() {
        upstream.stop(0);
    }

    private GatewayConfig config(String listenerAddress) {
        String document = """
            id: gw-1
            listeners: [{name: edge, address: "%s", service: order}]
            admin: {address: "127.0.0.1:0"}
            table: {file: lanes.yaml}
            data: data
            threads: 1
            accessLog: {path: access.log}
            timeouts: {drain: 2s}
            """.formatted(listenerAddress);
        return ConfigReader.read(document.getBytes(StandardCharsets.UTF_8), dir.resolve("laneway.yaml"), Map.of())
                .orThrow();
    }

    private Gateway start() {
        return Gateway.start(config("127.0.0.1:0"), GatewayEnvironment.system("0.1"));
    }

    private void writeTable() throws Exception {
        Files.writeString(
                dir.resolve("lanes.yaml"), """
                    lanes: [{name: f-1}]
                    services:
                      - name: order
                        deployments: [{lane: master, endpoints: ["127.0.0.1:%d"]}]
                    """.formatted(upstream.getAddress().getPort()));
    }

    private HttpResponse<String> get(int port, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    @Test
    void routesCountsAndWritesDown() throws Exception {
        writeTable();
        try (Gateway gateway = start()) {
            HttpResponse<String> response = get(gateway.port("edge"), "/api?x=1", "trace-branch", "f-1");
            assertThat(response.body()).isEqualTo("ok");
            assertThat(response.headers().firstValue("x-laneway-decision")).hasValue("fallback_absent");

            await().untilAsserted(() -> assertThat(
                            get(gateway.adminPort(), "/metrics").body())
                    .contains(
                            "laneway_requests_total{code=\"2xx\",decision=\"fallback_absent\",lane=\"master\","
                                    + "requested=\"f-1\",service=\"order\"} 1.0\n",
                            "laneway_endpoints{lane=\"master\",service=\"order\",state=\"usable\"} 1.0\n"));
            assertThat(get(gateway.adminPort(), "/readyz").statusCode()).isEqualTo(200);
        }

        assertThat(Files.readString(dir.resolve("access.log")))
                .contains("\"GET /api?x=1 HTTP/2\" 200 - 0 2 ")
                .contains("service=order lane=master requested=f-1 decision=fallback_absent\n");
    }

    @Test
    void startsWithTheLastKnownGoodTableWhenTheSourceIsGone() throws Exception {
        writeTable();
        try (Gateway gateway = start()) {
            assertThat(get(gateway.port("edge"), "/").statusCode()).isEqualTo(200);
        }
        Files.delete(dir.resolve("lanes.yaml"));

        try (Gateway gateway = start()) {
            assertThat(get(gateway.port("edge"), "/").statusCode()).isEqualTo(200);
            assertThat(get(gateway.adminPort(), "/table?table=false").body()).contains("\"last_known_good\"");
        }
    }

    @Test
    void opensItsListenersEvenWithoutATable() throws Exception {
        try (Gateway gateway = start()) {
            assertThat(get(gateway.adminPort(), "/readyz").statusCode()).isEqualTo(503);
            assertThat(get(gateway.port("edge"), "/").statusCode()).isGreaterThanOrEqualTo(404);

            writeTable();
            await().untilAsserted(() ->
                    assertThat(get(gateway.port("edge"), "/").statusCode()).isEqualTo(200));
            assertThat(get(gateway.adminPort(), "/readyz").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void drainsOnceAndTellsWhenItIsDone() throws Exception {
        writeTable();
        try (Gateway gateway = start()) {
            get(gateway.port("edge"), "/");
            HttpRequest drain = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/drain"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            assertThat(http.send(drain, BodyHandlers.ofString()).statusCode()).isEqualTo(202);
            assertThat(get(gateway.adminPort(), "/readyz").statusCode()).isEqualTo(503);

            gateway.drain().toCompletableFuture().get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> get(gateway.port("edge"), "/")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void leavesNothingOpenWhenAnAddressIsTaken() throws Exception {
        writeTable();
        GatewayConfig taken = config("127.0.0.1:" + upstream.getAddress().getPort());

        assertThatThrownBy(() -> Gateway.start(taken, GatewayEnvironment.system("0.1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("edge");
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("laneway-table")));
    }
}
