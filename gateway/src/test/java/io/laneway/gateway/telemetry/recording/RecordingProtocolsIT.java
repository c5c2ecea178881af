package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.replay.form.Field;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of requests in HTTP/2, and of calls of gRPC. */
class RecordingProtocolsIT {

    private static final String SECRET = "s3cr3t-Zx81kQ0pLm";
    private static final String PING = "\0\0\0\0\2ok";
    private static final String HEAD = ":scheme: http\n:authority: orders.test\n";

    @TempDir
    Path dir;

    private RecordedGateway gateway(Upstream upstream) throws IOException {
        return new RecordedGateway(dir, """
            revision: 1
            services:
              - name: orders
                hosts: [orders.test]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            recordings:
              - {name: rec, until: "2999-01-01T00:00:00Z"}
            """.formatted(upstream.port()));
    }

    private static String text(RecordedBody body) {
        return new String(body.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static List<String> values(List<Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(Field::value)
                .toList();
    }

    @Test
    void streamsOfOneConnectionAreKeptApart() throws IOException {
        try (Upstream upstream = Upstream.saying("{\"token\":\"" + SECRET + "\"}");
                RecordedGateway gateway = gateway(upstream);
                FrameSocket client = gateway.frames()) {
            client.headers(1, false, ":method: POST\n:path: /a\n" + HEAD + "authorization: Bearer " + SECRET + "\n");
            client.headers(3, false, ":method: PUT\n:path: /b\n" + HEAD);
            client.data(1, false, "one");
            client.data(3, false, "three");
            client.data(1, true, " more");
            client.data(3, true, " more");
            client.responses(2);

            await().until(() -> gateway.counted() >= 2);
            List<RecordedExchange> kept = gateway.recorded();
            assertThat(kept)
                    .extracting(each -> each.request().method() + " "
                            + each.request().target() + " "
                            + text(each.request().body()))
                    .containsExactlyInAnyOrder("POST /a one more", "PUT /b three more");
            assertThat(kept).allSatisfy(each -> {
                assertThat(each.request().protocol()).isEqualTo("HTTP/2");
                assertThat(each.request().authority()).isEqualTo("orders.test");
                assertThat(each.request().body().cut()).isFalse();
                assertThat(text(Objects.requireNonNull(each.response()).body())).startsWith("{\"token\":\"lwp_");
                assertThat(each.toString()).doesNotContain(SECRET);
            });
        }
    }

    @Test
    void callsOfGrpcAreKeptWithTheirMessagesMetadataAndTrailers() throws IOException {
        String messages = PING + PING;
        String response = "HTTP/1.1 200 OK\nContent-Type: application/grpc\nTransfer-Encoding: chunked\n\n"
                + Integer.toHexString(messages.length()) + "\n" + messages + "\n0\ngrpc-status: 5\nx-token: " + SECRET
                + "\n\n";
        try (Upstream upstream = Upstream.responding(request -> response);
                RecordedGateway gateway = gateway(upstream);
                FrameSocket client = gateway.frames()) {
            client.headers(
                    1,
                    false,
                    ":method: POST\n:path: /s.Orders/Get\n" + HEAD
                            + "content-type: application/grpc\nte: trailers\nx-api-key: " + SECRET + "\n");
            client.data(1, true, PING);
            assertThat(client.response(1).trailer("grpc-status")).isEqualTo("5");

            await().until(() -> gateway.counted() >= 1);
            RecordedExchange kept = gateway.recorded().get(0);
            RecordedResponse said = Objects.requireNonNull(kept.response());
            assertThat(kept.request().target()).isEqualTo("/s.Orders/Get");
            assertThat(text(kept.request().body())).isEqualTo(PING);
            assertThat(values(kept.request().headers(), "x-api-key"))
                    .singleElement()
                    .asString()
                    .startsWith("lwp_");
            assertThat(text(said.body())).isEqualTo(messages);
            assertThat(values(said.trailers(), "grpc-status")).containsExactly("5");
            assertThat(values(said.trailers(), "x-token"))
                    .singleElement()
                    .asString()
                    .startsWith("lwp_");
        }
    }
}
