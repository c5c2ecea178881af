package io.laneway.cli.replays;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.Gateway;
import io.laneway.gateway.GatewayEnvironment;
import io.laneway.gateway.runtime.config.ConfigReader;
import io.laneway.replay.file.RecordingWriter;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedDecision;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.RecordingHeader;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long a recording takes to be replayed against base and compared, by the program as a process of its own: HTTP/1.1,
 * HTTP/2 and calls of gRPC, through a real gateway. 300 requests in the build, without a bound;
 * {@code -Dlaneway.replay.requests=10000} for 10 000, which take at most {@code -Dlaneway.replay.seconds} (60) on two
 * cores. {@code -Dlaneway.replay.program} is another program, such as {@code ../laneway}.
 */
class ReplaySpeedIT {

    private static final int REQUESTS = Integer.getInteger("laneway.replay.requests", 300);
    private static final int SECONDS = Integer.getInteger("laneway.replay.seconds", REQUESTS < 10_000 ? 600 : 60);
    private static final String PROGRAM = System.getProperty("laneway.replay.program", "");
    private static final Instant TIME = Instant.parse("2026-11-30T01:30:00Z");

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();

    @Test
    void aRecordingIsReplayedAndComparedInTime() throws Exception {
        Path recording = recording();
        Path results = directory.resolve("results.jsonl.gz");
        try (Gateway gateway = gateway()) {
            String to = "http://127.0.0.1:" + gateway.port("edge");
            long begun = System.nanoTime();
            assertThat(run(
                            "replay.log",
                            "replay",
                            recording.toString(),
                            "--to",
                            to,
                            "--lane",
                            "f-1",
                            "--against",
                            "master",
                            "--rate",
                            "100000/s",
                            "--safe",
                            "POST /shop.Orders/*",
                            "--out",
                            results.toString()))
                    .as(Files.readString(directory.resolve("replay.log")))
                    .isZero();
            Duration sent = Duration.ofNanos(System.nanoTime() - begun);
            assertThat(run("diff.log", "diff", results.toString())).isEqualTo(1);
            Duration all = Duration.ofNanos(System.nanoTime() - begun);
            String report = Files.readString(directory.resolve("diff.log"));
            // the launcher's and the run's own words, for the record
            Files.writeString(
                    Path.of("target", "replay-speed.txt"),
                    REQUESTS + " requests: sent three times in " + sent.toMillis() + " ms, with comparing "
                            + all.toMillis() + " ms\n" + Files.readString(directory.resolve("replay.log")));
            assertThat(report)
                    .contains(REQUESTS + " requests, 3 endpoints: 1 differences at 1 endpoints")
                    .contains("shop GET /orders/{id}: body.price (number)");
            assertThat(all).isLessThan(Duration.ofSeconds(SECONDS));
        } finally {
            vertx.close().await();
        }
    }

    private int run(String log, String... words) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>();
        if (PROGRAM.isEmpty()) {
            line.addAll(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx512m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.laneway.cli.Main"));
        } else {
            line.add(PROGRAM);
        }
        line.addAll(List.of(words));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve(log).toFile())
                .start()
                .waitFor();
    }

    private Gateway gateway() {
        String table = """
            lanes: [{name: f-1}]
            services:
              - name: shop
                hosts: [shop.test]
                deployments:
                  - {lane: master, protocol: h2c, endpoints: ["127.0.0.1:%d"]}
                  - {lane: f-1, protocol: h2c, endpoints: ["127.0.0.1:%d"]}
            """.formatted(serve(100), serve(101));
        String config = """
            id: gw
            listeners: [{name: edge, address: "127.0.0.1:0", trust: external}]
            admin: {address: "127.0.0.1:0"}
            table: {file: "%s"}
            accessLog: off
            """;
        try {
            Path file = Files.writeString(directory.resolve("table.yaml"), table);
            return Gateway.start(
                    ConfigReader.read(
                                    config.formatted(file).getBytes(StandardCharsets.UTF_8),
                                    directory.resolve("gw.yaml"),
                                    Map.of())
                            .orThrow(),
                    GatewayEnvironment.system("test"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private int serve(int price) {
        return vertx.createHttpServer()
                .requestHandler(request -> respond(request, price))
                .listen(0, "127.0.0.1")
                .await()
                .actualPort();
    }

    private static void respond(HttpServerRequest request, int price) {
        if (request.path().startsWith("/shop.Orders/")) {
            request.response()
                    .putHeader("content-type", "application/grpc")
                    .putTrailer("grpc-status", "0")
                    .end(Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, 7}));
            return;
        }
        String body = "{\"id\": \"" + request.path() + "\", \"price\": "
                + (request.path().startsWith("/orders") ? price : 7) + ", \"at\": \"" + Instant.now()
                + "\", \"trace\": \"" + UUID.randomUUID() + "\", \"lines\": [{\"sku\": \"a\", \"n\": 1}, {\"sku\":"
                + " \"b\", \"n\": 2}]}";
        request.response().putHeader("content-type", "application/json").end(body);
    }

    /** Of ten requests five are of HTTP/1.1, three of HTTP/2, and two calls of gRPC; of 50 clients. */
    private Path recording() throws IOException {
        Path file = directory.resolve("recording.jsonl.gz");
        Random random = new Random(7);
        try (RecordingWriter writer = RecordingWriter.create(file, new RecordingHeader("speed", "gw", TIME, true))) {
            for (int i = 0; i < REQUESTS; i++) {
                writer.write(exchange(i, random.nextInt(50)));
            }
        }
        return file;
    }

    private static RecordedExchange exchange(int i, int client) {
        int kind = i % 10;
        boolean call = kind >= 8;
        RecordedRequest request = new RecordedRequest(
                kind < 5 ? "HTTP/1.1" : "HTTP/2",
                call ? "POST" : "GET",
                "http",
                "shop.test",
                call ? "/shop.Orders/Get" : (kind < 5 ? "/orders/" : "/items/") + (100_000 + i),
                List.of(
                        new Field("user-agent", "client"),
                        new Field("content-type", call ? "application/grpc" : "text/plain")),
                call ? RecordedBody.whole(new byte[] {0, 0, 0, 0, 2, 8, 7}) : RecordedBody.NONE,
                List.of());
        RecordedResponse response = new RecordedResponse(
                200,
                List.of(new Field("content-type", "application/json")),
                RecordedBody.whole("{\"price\": 7}".getBytes(StandardCharsets.UTF_8)),
                List.of());
        return new RecordedExchange(
                "r-" + i,
                "",
                "c-" + client,
                TIME.plusMillis(i * 10L),
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                new RecordedDecision("gw", "shop", "", "", "", "master", "base", 1),
                request,
                response,
                "",
                List.of());
    }
}
