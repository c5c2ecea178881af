package io.laneway.gateway.protocol.http1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An endpoint that speaks another protocol than HTTP is a bad gateway (502, UPE) at once, whenever it says so. */
@Timeout(30)
class NotHttpIT {

    private static final String ALERT = "\u0015\u0003\u0003\0\2\u0002\n";

    private static Stream<Arguments> odd() {
        return Stream.of(Protocol.HTTP1, Protocol.AUTO)
                .flatMap(protocol -> Stream.of(
                                "SSH-2.0-OpenSSH_9.6\r\n",
                                "220 mail.test ESMTP\r\n",
                                "+OK\r\n",
                                "hi",
                                "HTTX",
                                "HTTP/2 200 OK\r\n\r\n",
                                "http/1.1 200 OK\r\n\r\n",
                                "RTSP/1.0 200 OK\r\n\r\n",
                                "\n",
                                "<html>",
                                "J\0\0\0\n8.0.36\0",
                                ALERT)
                        .map(bytes -> Arguments.of(protocol, bytes)));
    }

    private static void isBadGateway(TestGateway gateway, String request) {
        try (RawClient client = gateway.client()) {
            Response response = client.send(request).response();
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).contains("upstream answered with a malformed head: malformed start line");
        }
        await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        assertThat(gateway.observed().get(0).flag()).isEqualTo("UPE");
        assertThat(gateway.observed().get(0).retries()).isZero();
    }

    @ParameterizedTest
    @MethodSource("odd")
    void aResponseThatIsNoHttpIsABadGatewayThoughTheConnectionStaysOpen(Protocol protocol, String bytes) {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
                    conversation.in().readAllBytes();
                });
                TestGateway gateway = TestGateway.over(Tables.one(protocol, upstream.port()))) {
            isBadGateway(gateway, "GET / HTTP/1.1\nHost: a.test\n\n");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hi", "SSH-2.0-OpenSSH_9.6\r\n", "\u0015\u0003\u0003\0\2\u0002\n"})
    void soItIsWhenItClosesBehindThat(String bytes) {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.sendRaw(bytes.getBytes(StandardCharsets.ISO_8859_1));
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()))) {
            isBadGateway(gateway, "POST / HTTP/1.1\nHost: a.test\nContent-Length: 3\n\nabc");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH_9.6\r\n", "220 mail.test ESMTP\r\n", "J\0\0\0\n8.0.36\0"})
    void soItIsForAServerThatSpeaksFirst(String banner) {
        for (int i = 0; i < 10; i++) {
            try (Upstream upstream = Upstream.scripted(conversation -> {
                        conversation.sendRaw(banner.getBytes(StandardCharsets.ISO_8859_1));
                        conversation.in().readAllBytes();
                    });
                    TestGateway gateway = TestGateway.over(Tables.one(upstream.port()))) {
                isBadGateway(gateway, "GET / HTTP/1.1\nHost: a.test\n\n");
            }
        }
    }

    @Test
    void aHeadThatBreaksOffIsNotTakenForAnotherProtocol() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.sendRaw("HTTP/1.".getBytes(StandardCharsets.ISO_8859_1));
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            Response response = client.get("/");
            assertThat(response.status()).isEqualTo(503);
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UC");
        }
    }

    @Test
    void anEmptyLineBeforeTheStatusLineIsLetPassByteByByte() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    for (byte each :
                            "\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)) {
                        conversation.sendRaw(new byte[] {each});
                    }
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            assertThat(client.get("/").status()).isEqualTo(200);
        }
    }

    @Test
    void anEndpointOfHttp2ThatAnswersInHttp1IsABadGateway() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.sendRaw("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
                    conversation.in().readAllBytes();
                });
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.H2C, upstream.port()));
                RawClient client = gateway.client()) {
            Response response = client.get("/");
            assertThat(response.status()).isEqualTo(502);
            assertThat(response.body()).contains("upstream does not speak HTTP/2");
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
            assertThat(gateway.observed().get(0).flag()).isEqualTo("UPE");
        }
    }

    @Test
    void whatComesBehindAGoodHeadWithoutABodyIsKeptFromTheNextRequest() {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.read();
                    conversation.sendRaw("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokSSH-2.0-x\r\n"
                            .getBytes(StandardCharsets.ISO_8859_1));
                    conversation.in().readAllBytes();
                });
                TestGateway gateway = TestGateway.over(Tables.one(upstream.port()));
                RawClient client = gateway.client()) {
            for (int i = 1; i <= 3; i++) {
                assertThat(client.get("/").body()).isEqualTo("ok");
                assertThat(upstream.connections()).isEqualTo(i);
            }
        }
    }
}
