package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every protocol to every other, through two gateways in a row: the first speaks HTTP/2 to the second. */
class MixIT {

    private static final String BODY = "x".repeat(600_000);

    private final Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n"
            + "x-got: " + request.body().length() + "\n\n"
            + Integer.toHexString(BODY.length()) + "\n" + BODY + "\n0\nx-end: yes\n\n");
    private final TestGateway inner = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
    private final TestGateway outer = TestGateway.over(Tables.one(Protocol.H2C, inner.port()));

    @AfterEach
    void close() {
        outer.close();
        inner.close();
        upstream.close();
    }

    @Test
    void http1ToHttp2() {
        try (RawClient client = outer.client()) {
            for (int i = 0; i < 3; i++) {
                RawClient.Response response = client.send(
                                "POST / HTTP/1.1\nHost: a.test\nTE: trailers\nConnection: te\nContent-Length: 5\n\nhello")
                        .response();
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.header("x-got")).isEqualTo("5");
                assertThat(response.body()).isEqualTo(BODY);
                assertThat(response.trailers()).containsEntry("x-end", "yes");
            }
        }
        assertThat(upstream.connections()).isEqualTo(1);
    }

    @Test
    void http2ToHttp2() {
        try (FrameSocket client = FrameSocket.client(outer.port())) {
            for (int stream = 1; stream < 9; stream += 2) {
                client.headers(stream, false, FrameSocket.POST);
                for (int i = 0; i < 10; i++) {
                    client.data(stream, i == 9, "y".repeat(5_000));
                }
                FrameSocket.Response response = client.response(stream);
                assertThat(response.status()).isEqualTo(200);
                assertThat(response.field("x-got")).isEqualTo("50000");
                assertThat(response.body()).isEqualTo(BODY);
                assertThat(response.trailer("x-end")).isEqualTo("yes");
            }
        }
    }

    @Test
    void aReaderWhoTakesNothingStallsNobodyElse() {
        try (FrameSocket client = FrameSocket.client(outer.port())) {
            client.window(0, 1 << 24);
            for (int stream = 1; stream <= 99; stream += 2) {
                client.headers(stream, true, FrameSocket.GET);
            }
            client.headers(101, true, FrameSocket.GET);
            FrameSocket.Response response = client.response(101);

            assertThat(response.body().length())
                    .as("reset %s", response.reset())
                    .isEqualTo(BODY.length());
        }
        await().untilAsserted(() -> assertThat(outer.observed()).hasSize(51));
        assertThat(outer.observed().stream().filter(each -> each.flag().equals("DC")))
                .as("%s", outer.observed())
                .hasSize(50);
    }

    @Test
    void aCancelledRequestIsCancelledUpstream() {
        try (FrameSocket client = FrameSocket.client(outer.port())) {
            client.headers(1, false, FrameSocket.POST);
            await("the request under way at its upstream").until(() -> upstream.connections() == 1);
            client.data(1, false, "a").reset(1, 8);
            assertThat(client.get(3, "/", "").status()).isEqualTo(200);
        }
        await().untilAsserted(() -> assertThat(inner.observed())
                .anySatisfy(each -> assertThat(each.flag()).isEqualTo("DC")));
    }
}
