package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/2 by upgrade of an HTTP/1.1 connection (RFC 7540 section 3.2). */
class UpgradeIT {

    /** Concurrent streams 100, initial window 1 MiB. */
    private static final String SETTINGS = "AAMAAABkAAQAEAAA";

    private static final String ASK =
            "Host: a.test\nConnection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: " + SETTINGS + "\n";

    private final Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: "
            + (request.startLine().length() + request.body().length()) + "\n\n" + request.startLine()
            + request.body());
    private final TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));

    @AfterEach
    void close() {
        gateway.close();
        upstream.close();
    }

    private static String head(FrameSocket socket) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            head.write(socket.next());
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    @Test
    void answersTheRequestThatAskedOnStreamOneAndFurtherOnesAfterIt() throws IOException {
        try (FrameSocket client = FrameSocket.bare(gateway.port())) {
            client.send(
                    ("GET /first HTTP/1.1\n" + ASK + "\n").replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            assertThat(head(client)).startsWith("HTTP/1.1 101 ").containsIgnoringCase("upgrade: h2c\r\n");

            client.send(FrameSocket.PREFACE).settings();
            FrameSocket.Response first = client.response(1);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEqualTo("GET /first HTTP/1.1");
            assertThat(client.get(3, "/second", "").body()).isEqualTo("GET /second HTTP/1.1");
        }
        assertThat(upstream.requests().get(0).head().toLowerCase(java.util.Locale.ROOT))
                .doesNotContain("upgrade", "http2-settings", "connection:");
    }

    @Test
    void takesThePrefaceInTheSamePacket() throws IOException {
        try (FrameSocket client = FrameSocket.bare(gateway.port())) {
            byte[] ask = ("HEAD /first HTTP/1.1\n" + ASK + "\n")
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1);
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(ask);
            both.writeBytes(FrameSocket.PREFACE);
            both.writeBytes(FrameSocket.bytes(0, FrameSocket.SETTINGS, 0, 0));
            client.send(both.toByteArray());
            assertThat(head(client)).startsWith("HTTP/1.1 101 ");

            FrameSocket.Response first = client.response(1);
            assertThat(first.status()).isEqualTo(200);
            assertThat(first.body()).isEmpty();
            assertThat(client.get(3, "/", "").status()).isEqualTo(200);
        }
    }

    @Test
    void obeysTheWindowOfTheSettings() throws IOException {
        try (FrameSocket client = FrameSocket.bare(gateway.port())) {
            String small = "AAQAAAAF"; // initial window 5
            client.send(("GET /window HTTP/1.1\n" + ASK.replace(SETTINGS, small) + "\n")
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            head(client);
            client.send(FrameSocket.PREFACE).settings(4, 5);
            FrameSocket.Frame data = client.await(FrameSocket.DATA);
            assertThat(data.text()).isEqualTo("GET /");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade\nUpgrade: h2c\nHTTP2-Settings: " + SETTINGS,
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c",
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: !!",
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAQAAA",
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: AAT_____",
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: " + SETTINGS + "\nHTTP2-Settings: "
                        + SETTINGS,
                "Connection: Upgrade, HTTP2-Settings\nUpgrade: h2\nHTTP2-Settings: " + SETTINGS,
                "Connection: HTTP2-Settings\nUpgrade: h2c\nHTTP2-Settings: " + SETTINGS
            })
    void goesOnInHttp1WhenItIsNotAskedProperly(String ask) {
        try (RawClient client = gateway.client()) {
            for (int i = 0; i < 2; i++) {
                RawClient.Response response = client.send("GET / HTTP/1.1\nHost: a.test\n" + ask + "\n\n")
                        .response();
                assertThat(response.status()).isEqualTo(200);
            }
        }
    }

    @Test
    void answersARequestWithABodyInHttp1() {
        try (RawClient client = gateway.client()) {
            RawClient.Response response = client.send("POST / HTTP/1.1\n" + ASK + "Content-Length: 5\n\nhello")
                    .response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).endsWith("hello");
        }
    }
}
