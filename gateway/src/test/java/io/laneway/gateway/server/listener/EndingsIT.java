package io.laneway.gateway.server.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TestTls;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Responses that end with their connection: whole or cut, for the client as for the gateway. */
class EndingsIT {

    private static final TestTls TLS = TestTls.make();
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";

    /** How an endpoint ends a response. */
    enum End {
        /** TLS with its goodbye. */
        GOODBYE,
        /** TLS, and the TCP connection closed underneath. */
        TRUNCATED,
        /** In the clear. */
        CLOSED,
        /** In the clear, by a reset. */
        RESET;

        boolean tls() {
            return this == GOODBYE || this == TRUNCATED;
        }

        boolean whole() {
            return this == GOODBYE || this == CLOSED;
        }

        void response(Upstream.Conversation conversation) throws IOException {
            Socket plain = conversation.socket();
            Socket socket = tls() ? TLS.serve(plain) : plain;
            head(socket);
            OutputStream out = socket.getOutputStream();
            out.write((HEAD + "some text").getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            if (this == GOODBYE) {
                socket.close();
            } else if (this == RESET) {
                // the text is read before the reset comes
                socket.getInputStream().read(new byte[1]);
                plain.setSoLinger(true, 0);
            }
            plain.close();
        }

        private static void head(Socket socket) throws IOException {
            int seen = 0;
            while (seen < 4) {
                int c = socket.getInputStream().read();
                seen = c == '\r' || c == '\n' ? seen + 1 : 0;
                if (c < 0) {
                    throw new IOException("no request");
                }
            }
        }
    }

    private TestGateway gateway;
    private Upstream upstream;

    private void start(End end) {
        upstream = Upstream.scripted(end::response);
        LaneTable table = new Tables()
                .protocol(end.tls() ? Protocol.HTTPS : Protocol.HTTP1)
                .tls(end.tls() ? new UpstreamTls(TLS.file("ca.pem").toString(), "a.test", null, null, true) : null)
                .service("a", "master", upstream.port())
                .build();
        gateway = TestGateway.over(table, config -> TLS.addListener(config, "secure"));
    }

    @AfterEach
    void close() {
        if (gateway != null) {
            gateway.close();
            upstream.close();
        }
    }

    private void told(End end) {
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        assertThat(gateway.observed().get(0).flag()).isEqualTo(end.whole() ? "-" : "UC");
        assertThat(gateway.observed().get(0).status()).isEqualTo(200);
        assertThat(gateway.count("a", "master", stats -> stats.truncated)).isEqualTo(end == End.TRUNCATED ? 1 : 0);
    }

    /** Has an endpoint that waits for it reset its connection, when the client has read what came. */
    private void reset(End end) {
        if (end == End.RESET) {
            try {
                upstream.reset();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfHttp11SeesWhetherTheResponseIsWhole(End end) throws IOException {
        start(end);
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\n\n");
            while (!client.line().isEmpty()) {
                // the head
            }
            assertThat(client.read(14)).isEqualTo("9\r\nsome text\r\n");
            reset(end);
            assertThat(client.read(5)).isEqualTo(end.whole() ? "0\r\n\r\n" : "");
        }
        told(end);
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfHttp10SeesWhetherTheResponseIsWhole(End end) throws IOException {
        start(end);
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.0\nHost: a.test\n\n");
            ends(client, end);
        }
        told(end);
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfHttp10OverTlsSeesWhetherTheResponseIsWhole(End end) throws IOException {
        start(end);
        try (RawClient client = RawClient.over(TLS.connect(gateway.port("secure"), "http/1.1"))) {
            client.send("GET / HTTP/1.0\nHost: a.test\n\n");
            ends(client, end);
        }
        told(end);
    }

    private void ends(RawClient client, End end) throws IOException {
        while (!client.line().isEmpty()) {
            // the head
        }
        if (end.whole()) {
            assertThat(client.in().readAllBytes()).hasSize(9);
            return;
        }
        if (end == End.RESET) {
            assertThat(client.read(9)).isEqualTo("some text");
            reset(end);
        }
        assertThatThrownBy(() -> client.in().readAllBytes()).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @EnumSource
    void aClientOfHttp2SeesWhetherTheResponseIsWhole(End end) {
        start(end);
        try (FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, true, FrameSocket.GET);
            FrameSocket.Frame last = client.await(FrameSocket.DATA);
            assertThat(last.text()).isEqualTo("some text");
            reset(end);
            while (!last.endsStream() && last.type() != FrameSocket.RST_STREAM) {
                last = client.read();
            }
            assertThat(last.type()).isEqualTo(end.whole() ? FrameSocket.DATA : FrameSocket.RST_STREAM);
        }
        told(end);
    }

    /** A slow reader of a response behind which the connection is closed gets all of it. */
    @Test
    void aSlowReaderGetsAllOfAResponseBehindWhichItsConnectionIsClosed() throws IOException {
        int size = 24 << 20;
        upstream = Upstream.scripted(conversation -> {
            conversation.read();
            conversation.send("HTTP/1.1 200 OK\nContent-Length: " + size + "\n\n");
            conversation.sendRaw(new byte[size]);
            conversation.read();
        });
        gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: close\n\n");
            await().until(() -> upstream.requests().size() == 1);
            int got = 0;
            byte[] buffer = new byte[1 << 16];
            while (got < size / 2) {
                got += client.in().read(buffer);
            }
            // what is left waits for a reader who comes back when every time for lingering is over
            while (gateway.observed().isEmpty()) {
                got += Math.max(0, client.in().read(buffer));
            }
            for (int i = 0; i < 5; i++) {
                gateway.pass(Duration.ofSeconds(10));
                got += client.in().readNBytes(buffer, 0, 1 << 15);
            }
            for (int n = client.in().read(buffer); n >= 0; n = client.in().read(buffer)) {
                got += n;
            }
            assertThat(got).isGreaterThan(size);
        }
    }
}
