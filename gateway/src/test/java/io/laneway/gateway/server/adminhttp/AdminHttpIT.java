package io.laneway.gateway.server.adminhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.testkit.RawHttp;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HTTP of the admin interface, whatever it says. */
class AdminHttpIT {

    private static final String GET = "GET %s HTTP/1.1\nHost: localhost\n\n";

    private final AdminHttp http = new AdminHttp();
    private final CallRoutes routes = new CallRoutes(call -> true);
    private final CountDownLatch slow = new CountDownLatch(1);
    private final AtomicInteger ended = new AtomicInteger();
    private int port;

    @BeforeEach
    void start() {
        routes.get("/now", call -> call.json(200, new JsonObject().put("at", call.target())));
        routes.get(
                "/slow",
                call -> call.work(
                        () -> {
                            slow.await();
                            return new JsonObject().put("at", "slow");
                        },
                        result -> call.json(200, result)));
        routes.get("/broken", call -> {
            throw new IllegalStateException("broken");
        });
        routes.get(
                "/broken-later",
                call -> call.work(
                        () -> {
                            throw new IllegalStateException("broken");
                        },
                        result -> call.json(200, new JsonObject())));
        routes.get(
                "/forever",
                call -> call.stream("text/plain", stream -> {
                    stream.onEnd(ended::incrementAndGet);
                    stream.execute(() -> stream.write("one\n"));
                }));
        routes.post("/echo", call -> call.json(200, call.jsonBody()));
        port = http.listen("admin", new Address("127.0.0.1", 0), routes);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void callsOfAConnectionAreAnsweredInTheirOrder() {
        try (RawClient client = RawClient.to(port)) {
            client.send(GET.formatted("/slow") + GET.formatted("/now?a").repeat(40));
            slow.countDown();
            assertThat(client.response().body()).isEqualTo("{\"at\":\"slow\"}\n");
            for (int i = 0; i < 40; i++) {
                assertThat(client.response().body()).isEqualTo("{\"at\":\"/now?a\"}\n");
            }
            assertThat(client.send(GET.formatted("/now")).response().status())
                    .as("and more are read after that")
                    .isEqualTo(200);
        }
    }

    @Test
    void aFailureIsA500WithoutItsReason() {
        for (String path : new String[] {"/broken", "/broken-later"}) {
            try (RawClient client = RawClient.to(port)) {
                RawClient.Response response = client.send(GET.formatted(path)).response();
                assertThat(response.status()).as(path).isEqualTo(500);
                assertThat(response.body()).contains("see the gateway's log").doesNotContain("broken");
                assertThat(client.send(GET.formatted("/now")).response().status())
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void aBodyIsReadUpToItsBoundAndRefusedBeyond() {
        try (RawClient client = RawClient.to(port)) {
            String body = "{\"a\":\"" + "x".repeat(60_000) + "\"}";
            String head = "POST /echo HTTP/1.1\nHost: localhost\nContent-Length: %d\n\n";
            assertThat(client.send(head.formatted(body.length()) + body)
                            .response()
                            .body())
                    .isEqualTo(body + "\n");
            assertThat(client.send(head.formatted(200_000) + "x".repeat(200_000))
                            .response()
                            .status())
                    .isEqualTo(413);
            String chunked = """
                POST /echo HTTP/1.1
                Host: localhost
                Transfer-Encoding: chunked

                2
                {}
                0

                """;
            assertThat(client.send(chunked).response().body()).isEqualTo("{}\n");
        }
    }

    @Test
    void aClientThatWaitsIsToldToContinue() throws Exception {
        try (RawClient client = RawClient.to(port)) {
            client.send("POST /echo HTTP/1.1\nHost: localhost\nContent-Length: 2\nExpect: 100-continue\n\n");
            assertThat(client.line()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(client.line()).isEmpty();
            assertThat(client.send("{}").response().body()).isEqualTo("{}\n");
        }
    }

    @Test
    void whatCannotBeReadEndsTheConnection() throws Exception {
        assertThat(RawHttp.exchange(port, "nonsense\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json", "(expected: HTTP/1.1 as in RFC 9112)");
        assertThat(RawHttp.exchange(port, "GET /" + "x".repeat(10_000) + " HTTP/1.1\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ")
                .contains("application/problem+json", "request line: too long (expected: 4096 bytes at most)");
        assertThat(RawHttp.exchange(port, "GET / HTTP/1.1\r\nA: " + "x".repeat(10_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json", "(expected: 8192 bytes at most in all)");
    }

    @Test
    void headIsGetWithoutItsContentAndOptionsSaysWhatThereIs() {
        try (RawClient client = RawClient.to(port)) {
            for (String path : List.of("/now", "/forever", "/broken")) {
                client.send("HEAD " + path + " HTTP/1.1\nHost: localhost\n\n");
                RawClient.Response head = client.response(true);
                assertThat(head.status()).as(path).isEqualTo(path.equals("/broken") ? 500 : 200);
                assertThat(head.header("content-type")).as(path).isNotNull();
                assertThat(client.send(GET.formatted("/now")).response().body())
                        .as("the next response of the connection")
                        .isEqualTo("{\"at\":\"/now\"}\n");
            }
            String options = "OPTIONS %s HTTP/1.1\nHost: localhost\n\n";
            RawClient.Response now = client.send(options.formatted("/now")).response();
            assertThat(now.status()).isEqualTo(204);
            assertThat(now.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(client.send(options.formatted("/echo")).response().header("allow"))
                    .isEqualTo("OPTIONS, POST");
            assertThat(client.send(options.formatted("*")).response().header("allow"))
                    .as("of the server as a whole")
                    .isEqualTo("GET, HEAD, OPTIONS, POST");
            assertThat(client.send(options.formatted("/none")).response().status())
                    .isEqualTo(404);
            RawClient.Response other =
                    client.send("DELETE /now HTTP/1.1\nHost: localhost\n\n").response();
            assertThat(other.status()).isEqualTo(405);
            assertThat(other.header("allow")).isEqualTo("GET, HEAD, OPTIONS");
            assertThat(other.body()).contains("not this method here (expected: GET, HEAD, OPTIONS)");
            assertThat(client.send("HEAD /echo HTTP/1.1\nHost: localhost\nConnection: close\n\n")
                            .response(true)
                            .status())
                    .isEqualTo(405);
        }
        assertThat(ended).as("HEAD begins no stream").hasValue(0);
    }

    @Test
    void anOldClientsConnectionEndsWithItsResponse() throws Exception {
        assertThat(RawHttp.exchange(port, "GET /now HTTP/1.0\r\nHost: localhost\r\n\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("connection: close")
                .endsWith("{\"at\":\"/now\"}\n");
        try (RawClient client = RawClient.to(port)) {
            String kept = "GET /now HTTP/1.0\nHost: localhost\nConnection: keep-alive\n\n";
            assertThat(client.send(kept).response().header("connection")).isEqualTo("keep-alive");
            assertThat(client.send(kept).response().status()).isEqualTo(200);
        }
    }

    @Test
    void slashesAtTheEndOfAPathAndATargetWithAHostMakeNoDifference() throws Exception {
        assertThat(RawHttp.get(port, "/now//", "Host: localhost")).startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.get(port, "http://localhost/now", "Host: localhost")).startsWith("HTTP/1.1 200 ");
        assertThat(RawHttp.get(port, "http://localhost", "Host: localhost")).startsWith("HTTP/1.1 404 ");
        assertThat(RawHttp.get(port, "*", "Host: localhost")).startsWith("HTTP/1.1 404 ");
    }

    @Test
    void aStreamLastsUntilItsClientGoes() throws Exception {
        try (RawClient client = RawClient.to(port)) {
            client.send(GET.formatted("/forever"));
            String line = client.line();
            while (line != null && !line.equals("one")) {
                line = client.line();
            }
            assertThat(line).isEqualTo("one");
            assertThat(ended).hasValue(0);
        }
        await().untilAsserted(() -> assertThat(ended).hasValue(1));
    }

    @Test
    void anAddressThatIsTakenIsNamedWithItsKey() {
        try (AdminHttp second = new AdminHttp()) {
            assertThatThrownBy(() -> second.listen("admin.probes", new Address("127.0.0.1", port), routes))
                    .isInstanceOf(StartFailure.class)
                    .hasMessageStartingWith("admin.probes: cannot listen on 127.0.0.1:" + port + ": ");
        }
    }
}
