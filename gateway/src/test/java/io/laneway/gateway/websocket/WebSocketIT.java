package io.laneway.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an echo of WebSockets must survive, in every mix of protocols (RFC 6455, RFC 8441). */
class WebSocketIT {

    private final Upstream upstream = WebSocket.echoing();
    private final TestGateway inner = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
    private final TestGateway outer = TestGateway.over(Tables.one(Protocol.H2C, inner.port()));

    /** What the client speaks, and what is spoken to the endpoint. */
    enum Mix {
        HTTP1_TO_HTTP1,
        HTTP2_TO_HTTP1,
        HTTP1_TO_HTTP2,
        HTTP2_TO_HTTP2
    }

    private TestGateway gateway(Mix mix) {
        return mix == Mix.HTTP1_TO_HTTP1 || mix == Mix.HTTP2_TO_HTTP1 ? inner : outer;
    }

    private WebSocket open(Mix mix) {
        int port = gateway(mix).port();
        return mix == Mix.HTTP1_TO_HTTP1 || mix == Mix.HTTP1_TO_HTTP2
                ? WebSocket.overHttp1(port)
                : WebSocket.overHttp2(FrameSocket.client(port));
    }

    @AfterEach
    void isAnsweredAtOnceAfterwards() {
        try (RawClient client = outer.client()) {
            assertThat(client.get("/plain").body()).isEqualTo("plain");
        }
        outer.close();
        inner.close();
        upstream.close();
    }

    @ParameterizedTest
    @EnumSource
    void echoesTextAndFragmentsWithAPingBetweenThem(Mix mix) {
        try (WebSocket socket = open(mix)) {
            assertThat(socket.text("hello").read().text()).isEqualTo("hello");

            socket.frame(false, WebSocket.TEXT, bytes("one ")).frame(true, WebSocket.PING, bytes("p"));
            socket.frame(false, WebSocket.CONTINUATION, bytes("two ")).frame(true, WebSocket.CONTINUATION, bytes("3"));

            WebSocket.Frame first = socket.read();
            assertThat(first.fin()).isFalse();
            WebSocket.Frame pong = socket.read();
            assertThat(pong.opcode()).isEqualTo(WebSocket.PONG);
            assertThat(pong.text()).isEqualTo("p");
            assertThat(first.text() + new String(socket.message(), StandardCharsets.UTF_8))
                    .isEqualTo("one two 3");
        }
    }

    @ParameterizedTest
    @EnumSource
    void echoesAMebibyteByteForByte(Mix mix) {
        byte[] message = new byte[1 << 20];
        new Random(7).nextBytes(message);
        try (WebSocket socket = open(mix)) {
            CompletableFuture<WebSocket> sent = socket.frameAside(true, WebSocket.BINARY, message);
            assertThat(socket.message()).isEqualTo(message);
            sent.join();
        }
    }

    @ParameterizedTest
    @EnumSource
    void passesCloseCodesOnAndIsLoggedWithBytesBothWays(Mix mix) {
        try (WebSocket socket = open(mix)) {
            socket.text("hello").read();
            socket.close(4711, "so long");
            WebSocket.Frame close = socket.read();
            assertThat(close.opcode()).isEqualTo(WebSocket.CLOSE);
            assertThat(close.code()).isEqualTo(4711);
            assertThat(close.text()).endsWith("so long");
            assertThat(socket.read()).isNull();
        }
        await().untilAsserted(() -> assertThat(gateway(mix).observed()).hasSize(1));
        TestGateway.Observed seen = gateway(mix).observed().get(0);
        assertThat(seen.status()).isEqualTo(101);
        assertThat(seen.path()).isEqualTo("/socket");
        assertThat(seen.received()).isEqualTo((2 + 4 + 5) + (2 + 4 + 2 + 7));
        assertThat(seen.sent()).isEqualTo((2 + 5) + (2 + 2 + 7));
        assertThat(seen.flag()).isEqualTo("-");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
