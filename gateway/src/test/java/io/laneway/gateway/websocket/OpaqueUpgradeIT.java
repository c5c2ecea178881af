package io.laneway.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upgrades to protocols that the gateway does not know: any token, with and without a body, bytes as they are. */
class OpaqueUpgradeIT {

    private static final String SWITCHED = "HTTP/1.1 101 UPGRADED\nConnection: Upgrade\nUpgrade: tcp\n\n";
    private static final String ATTACH = """
            POST /containers/c/attach HTTP/1.1
            Host: a.test
            Connection: Upgrade
            Upgrade: tcp
            Content-Type: application/json
            """;
    private static final String JSON = "{\"Detach\":false,\"Tty\":true}";

    /** Switches if it is asked to, and sends back what comes in capitals, until that ends; then says goodbye. */
    private final Upstream upstream = Upstream.scripted(conversation -> {
        Upstream.Request request = conversation.read();
        if (request.header("upgrade") == null) {
            conversation.send("HTTP/1.1 200 OK\nContent-Length: 5\n\nplain");
            return;
        }
        conversation.send(SWITCHED);
        capitals(conversation);
    });

    private final TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));

    private static void capitals(Upstream.Conversation conversation) throws IOException {
        for (int c = conversation.in().read(); c >= 0; c = conversation.in().read()) {
            conversation.sendRaw(new byte[] {(byte) Character.toUpperCase(c)});
        }
        conversation.send("bye");
    }

    @AfterEach
    void close() {
        gateway.close();
        upstream.close();
    }

    /** Talks both ways on what was switched, and ends one direction after the other. */
    private static void talk(RawClient client) throws IOException {
        client.send("hello");
        assertThat(client.read(5)).isEqualTo("HELLO");
        client.socket().shutdownOutput();
        assertThat(new String(client.in().readAllBytes(), StandardCharsets.ISO_8859_1))
                .isEqualTo("bye");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "foo",
                "foo/2",
                "tcp",
                "SPDY/3.1",
                "foo/2, bar",
                " a , b/1 ,, c",
                "websocket, foo",
                "h2x",
                "TLSx/1"
            })
    void anyProtocolPasses(String protocol) throws IOException {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: keep-alive, Upgrade\nUpgrade: " + protocol + "\n\n");
            RawClient.Response switched = client.response();
            assertThat(switched.status()).isEqualTo(101);
            assertThat(switched.header("x-laneway-lane")).isEqualTo("master");
            assertThat(switched.header("x-laneway-decision")).isEqualTo("base");
            talk(client);
        }
        Upstream.Request request = upstream.requests().get(0);
        assertThat(request.header("upgrade")).isEqualTo(protocol.trim());
        assertThat(request.header("connection")).isEqualToIgnoringCase("upgrade");
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        assertThat(gateway.observed().get(0).status()).isEqualTo(101);
        assertThat(gateway.observed().get(0).flag()).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h2c, foo",
                "foo, h2c",
                "TLS/1.0",
                "tls",
                "HTTP/2.0",
                "http/3",
                "h2",
                "foo/",
                "foo//2",
                "/2",
                "a b"
            })
    void anotherHttpAndTlsAndWhatIsMalformedGoAsPlainRequests(String protocol) {
        try (RawClient client = gateway.client()) {
            client.send("GET / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: " + protocol + "\n\n");
            assertThat(client.response().body()).isEqualTo("plain");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void anUpgradeMayHaveABody(boolean chunked, boolean inPieces) throws IOException {
        String framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + JSON.length();
        String body = chunked ? Integer.toHexString(JSON.length()) + "\n" + JSON + "\n0\n\n" : JSON;
        String request = ATTACH + framing + "\n\n" + body;
        try (RawClient client = gateway.client()) {
            if (inPieces) {
                for (int i = 0; i < request.length(); i++) {
                    client.send(request.substring(i, i + 1));
                }
            } else {
                client.send(request);
            }
            assertThat(client.response().status()).isEqualTo(101);
            talk(client);
        }
        assertThat(upstream.requests().get(0).body()).isEqualTo(JSON);
        assertThat(upstream.requests().get(0).header("upgrade")).isEqualTo("tcp");
    }

    @Test
    void whatComesRightBehindTheBodyIsOfTheProtocolSwitchedTo() throws IOException {
        try (RawClient client = gateway.client()) {
            client.send(ATTACH + "Content-Length: " + JSON.length() + "\n\n" + JSON + "early");
            assertThat(client.response().status()).isEqualTo(101);
            assertThat(client.read(5)).isEqualTo("EARLY");
            talk(client);
        }
    }

    /** An endpoint that switches when it has seen the head has the body first all the same. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEndpointMaySwitchBeforeTheBodyHasCome(boolean chunked) throws IOException {
        CountDownLatch said = new CountDownLatch(1);
        String body = chunked ? "4\nbody\n0\n\n" : "body";
        try (Upstream hasty = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send(SWITCHED + "first");
                    said.countDown();
                    conversation.in().readNBytes(body.replace("\n", "\r\n").length());
                    capitals(conversation);
                });
                RawClient client = gateway.client()) {
            gateway.table(Tables.one(hasty.port()));
            client.send(ATTACH + (chunked ? "Transfer-Encoding: chunked" : "Content-Length: 4") + "\n\n");
            assertThat(said.await(10, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
            client.send(body);
            assertThat(client.response().status()).isEqualTo(101);
            assertThat(client.read(5)).isEqualTo("first");
            talk(client);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    void anUpgradeThatIsRefusedIsAnsweredAndItsConnectionStays() {
        try (Upstream unwilling =
                        Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: 4\n\n" + request.body());
                RawClient client = gateway.client()) {
            gateway.table(Tables.one(unwilling.port()));
            for (int i = 0; i < 3; i++) {
                client.send(ATTACH + "Content-Length: 4\n\nbod" + i);
                assertThat(client.response().body()).isEqualTo("bod" + i);
            }
        }
    }

    /** HTTP/2 cannot say these, and an endpoint may always leave an upgrade alone (RFC 9110 section 7.8). */
    @ParameterizedTest
    @ValueSource(
            strings = {"foo/2\nContent-Length: 4\n\nbody", "foo/2\n\n", "foo, bar\n\n", "tcp\nContent-Length: 4\n\nbody"
            })
    void anEndpointOfHttp2GetsAPlainRequest(String rest) {
        try (FrameUpstream http2 = FrameUpstream.scripted(FrameUpstream::answerAll);
                RawClient client = gateway.client()) {
            gateway.table(Tables.one(Protocol.H2C, http2.port()));
            client.send("POST / HTTP/1.1\nHost: a.test\nConnection: Upgrade\nUpgrade: " + rest);
            assertThat(client.response().body()).isEqualTo("connection 1");
        }
    }

    @Test
    void aResponseThatAsksForAnUpgradeSaysToWhat() {
        try (Upstream demanding = Upstream.responding(request ->
                        "HTTP/1.1 426 Upgrade Required\nConnection: Upgrade\nUpgrade: foo/3\nContent-Length: 2\n\nno");
                RawClient client = gateway.client();
                FrameSocket http2 = FrameSocket.client(gateway.port())) {
            gateway.table(Tables.one(Protocol.HTTP1, demanding.port()));
            for (int i = 0; i < 2; i++) {
                RawClient.Response response = client.get("/");
                assertThat(response.status()).isEqualTo(426);
                assertThat(response.header("upgrade")).isEqualTo("foo/3");
                assertThat(response.header("connection").toLowerCase(Locale.ROOT))
                        .contains("upgrade");
                assertThat(response.body()).isEqualTo("no");
            }
            FrameSocket.Response response = http2.get(1, "/", "");
            assertThat(response.status()).isEqualTo(426);
            assertThat(response.field("upgrade")).isNull();
        }
    }
}
