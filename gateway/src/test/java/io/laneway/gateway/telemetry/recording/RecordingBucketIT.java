package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.replay.file.RecordingReader;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.testkit.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings in a bucket: without a data directory, without secrets, and whatever the store does. */
class RecordingBucketIT {

    @TempDir
    Path dir;

    private static String table(Upstream upstream, int revision, String recordings) {
        return """
            revision: %d
            services:
              - name: orders
                hosts: [orders.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            recordings: [%s]
            """.formatted(revision, upstream.port(), recordings);
    }

    private static String recording(Instant until, String share) {
        return "{name: rec, until: '" + until + "', from: '2020-01-01T00:00:00Z', share: " + share + "}";
    }

    private static String config(S3Server store) {
        return """
            recordings:
              s3: {bucket: bucket, endpoint: "%s", region: eu-central-1, prefix: gateways, accessKey: %s, secretKey: %s}
            """.formatted(store.endpoint(), S3Server.ACCESS_KEY, S3Server.SECRET_KEY);
    }

    private static void send(RecordedGateway gateway, int requests) {
        try (RawClient client = gateway.edge()) {
            for (int i = 0; i < requests; i++) {
                client.send("""
                    POST /a?token=s3cret-in-query HTTP/1.1
                    Host: orders.test
                    Authorization: Bearer s3cret-in-header
                    Content-Length: 5

                    hello\
                    """);
                assertThat(client.response().status()).isEqualTo(200);
            }
        }
    }

    private List<RecordedExchange> recorded(S3Server store) throws IOException {
        List<RecordedExchange> all = new ArrayList<>();
        for (byte[] object : store.objects().values()) {
            Path file = Files.write(Files.createTempFile(dir, "object", ".jsonl.gz"), object);
            try (RecordingReader reader = RecordingReader.open(file)) {
                for (RecordedExchange next = reader.next(); next != null; next = reader.next()) {
                    all.add(next);
                }
                assertThat(reader.tail()).isNull();
            }
        }
        return all;
    }

    @Test
    void whatMatchedIsInTheBucketWithoutSecretsWhenTheRecordingEnds() throws IOException {
        Instant never = Instant.parse("2999-01-01T00:00:00Z");
        try (S3Server store = S3Server.start();
                Upstream upstream = Upstream.tireless("ok")) {
            try (RecordedGateway gateway =
                    RecordedGateway.with(dir, table(upstream, 1, recording(never, "100%")), config(store))) {
                send(gateway, 20);
                gateway.table(table(upstream, 2, ""));
                await().until(() -> !store.objects().isEmpty());
            }
            assertThat(store.objects().keySet()).allMatch(key -> key.startsWith("gateways/rec/gw/20200101T000000Z-"));
            assertThat(recorded(store)).hasSize(20).allSatisfy(each -> {
                assertThat(each.request().body().bytes()).isEqualTo("hello".getBytes(StandardCharsets.UTF_8));
                assertThat(each.toString()).doesNotContain("s3cret");
            });
            assertThat(store.refused()).isZero();
        }
    }

    @Test
    void ofAStoreThatRefusesRequestsLearnNothingAndTheRecordingEndsByItsTime() throws IOException {
        try (S3Server store = S3Server.start();
                Upstream upstream = Upstream.tireless("ok")) {
            store.answers("403 AccessDenied");
            Instant until = Instant.now().plus(Duration.ofSeconds(3));
            try (RecordedGateway gateway =
                    RecordedGateway.with(dir, table(upstream, 1, recording(until, "100%")), config(store))) {
                send(gateway, 20);
                await().until(() -> Instant.now().isAfter(until));
                send(gateway, 5);
                // the old one is closed, and has some seconds for what it holds
                gateway.table(table(upstream, 2, recording(until, "50%")));
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> gateway.count("dropped", "reason=\"refused\"") == 20);
                assertThat(gateway.counted()).isEqualTo(20);
            }
            assertThat(store.objects()).isEmpty();
        }
    }
}
