package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.testkit.LogCapture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What gateways keep of requests while the table has a recording. */
class RecordingIT {

    private static final String SECRET = "s3cr3t-Zx81kQ0pLm";
    private static final String SAID = "HTTP/1.1 200 OK\nContent-Type: application/json\n" + "Set-Cookie: session="
            + SECRET + "\nContent-Length: 45\n\n{\"token\":\"" + SECRET + "\",\"text\":\"hello\"}";

    @TempDir
    Path dir;

    private final Upstream upstream = Upstream.responding(
            request -> SAID.replace("45", String.valueOf(SAID.length() - SAID.indexOf("\n\n") - 2)));
    private final Upstream sockets = WebSocket.echoing();

    @AfterEach
    void stop() {
        upstream.close();
        sockets.close();
    }

    private String table(int port, String recording) {
        return """
            revision: 1
            services:
              - name: orders
                hosts: [orders.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: carts
                hosts: [carts.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
              - name: sockets
                hosts: [a.socket]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            recordings:
              - {name: rec, until: "2999-01-01T00:00:00Z", %s}
            """.formatted(port, port, sockets.port(), recording);
    }

    private RecordedGateway gateway(String recording) throws IOException {
        return new RecordedGateway(dir.resolve("gw"), table(upstream.port(), recording));
    }

    private static String get(String host, String path, String more) {
        return "GET " + path + " HTTP/1.1\nHost: " + host + "\n" + more + "\n";
    }

    private static void untilCounted(RecordedGateway gateway, long requests) {
        await().until(() -> gateway.counted() >= requests);
        assertThat(gateway.counted()).isEqualTo(requests);
    }

    @Test
    void keepsHeadsAndBodiesWithoutTheirSecrets() throws IOException {
        try (RecordedGateway gateway = gateway("service: orders")) {
            String body = "{\"password\":\"" + SECRET + "\",\"amount\":7}";
            try (RawClient client = gateway.edge()) {
                client.send("POST /buy?token=" + SECRET + "&n=1 HTTP/1.1\nHost: orders.test\nAuthorization: Bearer "
                                + SECRET + "\nContent-Type: application/json\nContent-Length: " + body.length()
                                + "\n\n" + body)
                        .response();
                client.send(get("carts.test", "/other", "")).response();
            }
            untilCounted(gateway, 1);
            RecordedExchange kept = gateway.recorded().get(0);
            RecordedResponse response = Objects.requireNonNull(kept.response());
            assertThat(kept.request().method()).isEqualTo("POST");
            assertThat(kept.request().target()).startsWith("/buy?token=lwp_").endsWith("&n=1");
            assertThat(new String(kept.request().body().bytes(), StandardCharsets.UTF_8))
                    .contains("\"amount\":7")
                    .doesNotContain(SECRET);
            assertThat(new String(response.body().bytes(), StandardCharsets.UTF_8))
                    .contains("\"text\":\"hello\"");
            assertThat(kept.decision().service()).isEqualTo("orders");
            assertThat(kept.toString()).doesNotContain(SECRET);
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(gateway.files().get(0))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatAConnectionHadOneAfterTheOtherIsSoByItsTimes() throws IOException {
        try (RecordedGateway gateway = gateway("service: orders")) {
            try (RawClient client = gateway.edge()) {
                for (int i = 0; i < 300; i++) {
                    client.send(get("orders.test", "/" + i, "")).response();
                }
            }
            untilCounted(gateway, 300);
            Instant end = Instant.EPOCH;
            for (RecordedExchange kept : gateway.recorded()) {
                assertThat(kept.time()).as(kept.request().target()).isAfterOrEqualTo(end);
                end = kept.time().plus(kept.duration());
            }
            assertThat(Duration.between(end, Instant.now()).abs()).isLessThan(Duration.ofMinutes(1));
        }
    }

    @Test
    void marksBodiesThatItCut() throws IOException {
        try (RecordedGateway gateway = gateway("service: orders, bodies: 8B")) {
            try (RawClient client = gateway.edge()) {
                client.send("POST / HTTP/1.1\nHost: orders.test\nContent-Length: 20\n\n01234567890123456789")
                        .response();
            }
            untilCounted(gateway, 1);
            RecordedExchange kept = gateway.recorded().get(0);
            assertThat(kept.request().body().cut()).isTrue();
            assertThat(kept.request().body().size()).isEqualTo(20);
            assertThat(kept.request().body().bytes()).hasSize(8);
        }
    }

    @Test
    void keepsOrCountsEachRequestThatItsShareWants() throws IOException {
        try (RecordedGateway gateway = gateway("share: 30%")) {
            try (RawClient client = gateway.edge()) {
                for (int i = 0; i < 600; i++) {
                    client.send(get("orders.test", "/" + i, "")).response();
                }
            }
            Set<String> wanted = paths(upstream.requests(), "rec=1");
            assertThat(wanted).hasSizeBetween(100, 260);
            untilCounted(gateway, wanted.size());
            Set<String> kept = new TreeSet<>();
            gateway.recorded().forEach(each -> kept.add(each.request().target()));
            assertThat(kept).isEqualTo(wanted);
        }
    }

    @Test
    void recordsItsShareOfEachPartOfARoute() throws IOException {
        String routes = """
            routes:
              - path: /split
                hosts: [split.test]
                services:
                  - {service: orders, weight: 5000, headers: {request: {set: {x-part: orders}}}}
                  - {service: carts, weight: 5000, headers: {request: {set: {x-part: carts}}}}
            """;
        try (RecordedGateway gateway =
                new RecordedGateway(dir.resolve("gw"), table(upstream.port(), "share: 50%") + routes)) {
            try (RawClient client = gateway.edge()) {
                for (int i = 0; i < 300; i++) {
                    client.send(get("split.test", "/split/" + i, "")).response();
                }
            }
            for (String part : List.of("orders", "carts")) {
                List<Upstream.Request> its = upstream.requests().stream()
                        .filter(each -> part.equals(each.header("x-part")))
                        .toList();
                assertThat(its).as(part).hasSizeBetween(90, 210);
                assertThat(paths(its, "rec=1").size() / (double) its.size())
                        .as("recorded of those to %s", part)
                        .isBetween(0.25, 0.75);
            }
        }
    }

    private static Set<String> paths(List<Upstream.Request> requests, String stamp) {
        Set<String> paths = new TreeSet<>();
        requests.stream()
                .filter(each -> stamp.equals(each.header("x-laneway-recording")))
                .forEach(each -> paths.add(each.startLine().split(" ")[1]));
        return paths;
    }

    @Test
    void countsWhatItCannotWriteAndServesAsBefore() throws IOException {
        Files.createDirectories(dir.resolve("gw/data"));
        Files.writeString(dir.resolve("gw/data/recordings"), "no directory");
        try (LogCapture log = LogCapture.of(LoggedDisk.class);
                RecordedGateway gateway = gateway("service: orders")) {
            try (RawClient client = gateway.edge()) {
                for (int i = 0; i < 50; i++) {
                    assertThat(client.send(get("orders.test", "/" + i, ""))
                                    .response()
                                    .status())
                            .isEqualTo(200);
                }
            }
            untilCounted(gateway, 50);
            assertThat(gateway.count("dropped", "reason=\"disk\"")).isEqualTo(50);
            assertThat(log.messages())
                    .containsExactly("the recording cannot be written: its requests are dropped until it can");
        }
    }

    @Test
    void countsWebSocketsAsDropped() throws IOException {
        try (RecordedGateway gateway = gateway("service: sockets")) {
            try (RawClient client = gateway.edge()) {
                client.send(get("a.socket", "/", """
                    Connection: Upgrade
                    Upgrade: websocket
                    Sec-WebSocket-Version: 13
                    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
                    """));
                assertThat(client.response().status()).isEqualTo(101);
            }
            untilCounted(gateway, 1);
            assertThat(gateway.count("dropped", "reason=\"upgrade\"")).isOne();
        }
    }

    @Test
    void takesTheDecisionOfTheFirstHopAndNotThatOfStrangers() throws IOException {
        try (RecordedGateway inner = gateway("share: 0.01%");
                RecordedGateway first =
                        new RecordedGateway(dir.resolve("first"), table(inner.insidePort(), "share: 50%"))) {
            try (RawClient client = first.edge()) {
                for (int i = 0; i < 100; i++) {
                    client.send(get("orders.test", "/" + i, "x-laneway-recording: rec=1\n"))
                            .response();
                }
            }
            Set<String> wanted = paths(upstream.requests(), "rec=1");
            assertThat(wanted).hasSizeBetween(20, 80);
            untilCounted(first, wanted.size());
            untilCounted(inner, wanted.size());
            assertThat(inner.recorded()).hasSameSizeAs(first.recorded());
        }
    }

    @Test
    void keepsNoReplayAndLetsNoLaterHopKeepIt() throws IOException {
        String replay = "X-Laneway-Replay: 6f0c\n";
        try (RecordedGateway gateway = gateway("service: orders")) {
            try (RawClient edge = gateway.edge();
                    RawClient inside = gateway.inside()) {
                edge.send(get("orders.test", "/replayed", replay)).response();
                edge.send(get("carts.test", "/replayed-other", replay)).response();
                inside.send(get("orders.test", "/replayed-inside", replay + "x-laneway-recording: rec=1\n"))
                        .response();
                edge.send(get("orders.test", "/kept", "X-Laneway-Other: replay\n"))
                        .response();
            }
            untilCounted(gateway, 1);
            assertThat(gateway.recorded().get(0).request().target()).isEqualTo("/kept");
            assertThat(paths(upstream.requests(), "rec=0"))
                    .containsExactly("/replayed", "/replayed-inside", "/replayed-other");
        }
    }

    /** Sends another request; whether a recording wanted it. */
    private boolean isStamped(RawClient client) {
        client.send(get("orders.test", "/" + upstream.requests().size(), "")).response();
        List<Upstream.Request> requests = upstream.requests();
        return requests.get(requests.size() - 1).header("x-laneway-recording") != null;
    }

    @Test
    void continuesToCountItsSizeWhenTheGatewayRestarts() throws IOException {
        String recording = "service: orders, max: 1B, from: \"2020-01-01T00:00:00Z\"";
        try (RecordedGateway gateway = gateway(recording);
                RawClient client = gateway.edge()) {
            client.send(get("orders.test", "/first", "")).response();
            untilCounted(gateway, 1);
        }
        try (RecordedGateway gateway = gateway(recording)) {
            try (RawClient client = gateway.edge()) {
                await().until(() -> !isStamped(client));
            }
            assertThat(gateway.recorded()).hasSize(1);
        }
    }

    @Test
    void matchesNothingBeforeItBegins() throws IOException {
        String now = "service: orders}\n  - {name: later, until: \"2999-01-01T00:00:00Z\", service: orders";
        try (RecordedGateway gateway = gateway(now + ", from: \"2998-01-01T00:00:00Z\"")) {
            try (RawClient client = gateway.edge()) {
                client.send(get("orders.test", "/", "")).response();
            }
            assertThat(upstream.requests().get(0).header("x-laneway-recording")).isEqualTo("rec=1");
            untilCounted(gateway, 1);
            assertThat(gateway.recorded()).hasSize(1);
        }
    }

    @Test
    void countsWhatHasNoDirectoryAndWarnsOfIt() throws IOException {
        try (LogCapture log = LogCapture.of(Recordings.class);
                RecordedGateway gateway =
                        RecordedGateway.withoutData(dir.resolve("gw"), table(upstream.port(), "service: orders"));
                RawClient client = gateway.edge()) {
            client.send(get("orders.test", "/1", "")).response();
            client.send(get("orders.test", "/2", "")).response();

            assertThat(gateway.count("dropped", "reason=\"directory\"")).isEqualTo(2);
            assertThat(log.messages())
                    .containsExactly("the recording keeps nothing on this gateway: it has no place for it"
                            + " (expected: data: DIR, or recordings)");
        }
    }

    @Test
    void endsByItselfWhenItsFilesAreLarge() throws IOException {
        try (RecordedGateway gateway = gateway("service: orders, max: 1B")) {
            try (RawClient client = gateway.edge()) {
                client.send(get("orders.test", "/first", "")).response();
                untilCounted(gateway, 1);
                await().until(() -> !isStamped(client));
            }
            assertThat(gateway.recorded()).hasSize(1);
            untilCounted(gateway, paths(upstream.requests(), "rec=1").size());
        }
    }
}
