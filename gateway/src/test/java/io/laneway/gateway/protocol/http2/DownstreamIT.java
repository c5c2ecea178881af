package io.laneway.gateway.protocol.http2;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.router.model.service.Protocol;
import java.util.List;
import org.junit.jupiter.api.Test;

/** HTTP/2 from clients, HTTP/1.1 to endpoints. */
class DownstreamIT {

    @Test
    void passesARequestAndItsResponse() {
        try (Upstream upstream = Upstream.saying("hello");
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            FrameSocket.Response response =
                    client.get(1, "/path?q=1", "x-mine: yes\ncookie: a=1\ncookie: b=2\nte: trailers\n");

            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEqualTo("hello");
            assertThat(response.field("x-laneway-decision")).isEqualTo("base");
            Upstream.Request request = upstream.requests().get(0);
            assertThat(request.startLine()).isEqualTo("GET /path?q=1 HTTP/1.1");
            assertThat(request.header("host")).isEqualTo("a.test");
            assertThat(request.header("cookie")).isEqualTo("a=1; b=2");
            assertThat(request.header("x-mine")).isEqualTo("yes");
            assertThat(gateway.observed().get(0).status()).isEqualTo(200);
        }
    }

    @Test
    void passesBodiesAndTrailersBothWays() {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n"
                        + Integer.toHexString(request.body().length()) + "\n" + request.body()
                        + "\n0\nX-End: yes\n\n");
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST);
            client.data(1, false, "some ").data(1, false, "body").headers(1, true, "x-checksum: 7\n");
            FrameSocket.Response response = client.response(1);

            assertThat(response.body()).isEqualTo("some body|x-checksum: 7");
            assertThat(response.trailer("x-end")).isEqualTo("yes");
        }
    }

    @Test
    void carriesManyStreamsAtOnce() {
        try (Upstream upstream = Upstream.responding(request -> "HTTP/1.1 200 OK\nContent-Length: "
                        + request.header("x-n").length() + "\n\n" + request.header("x-n"));
                TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            for (int stream = 1; stream < 200; stream += 2) {
                client.headers(stream, true, FrameSocket.GET + "x-n: " + stream + "\n");
            }
            List<FrameSocket.Frame> frames = client.rest(1000);

            assertThat(frames.stream().filter(frame -> frame.type() == FrameSocket.DATA))
                    .hasSize(100)
                    .allSatisfy(frame -> assertThat(frame.text()).isEqualTo(Integer.toString(frame.stream())));
        }
    }

    @Test
    void aRequestThatEndsAfterItsResponseIsNotReset() {
        try (TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, 1));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST.replace("a.test", "nobody.test"));
            assertThat(client.response(1).status()).isEqualTo(404);
            client.data(1, true, "late").frame(FrameSocket.PING, 0, 0, new byte[8]);
            assertThat(client.read().type()).isEqualTo(FrameSocket.PING);
        }
    }

    @Test
    void aRequestThatGoesOnAfterItsResponseIsResetWithoutBlame() {
        try (TestGateway gateway = TestGateway.over(Tables.one(Protocol.HTTP1, 1));
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST.replace("a.test", "nobody.test"));
            assertThat(client.response(1).status()).isEqualTo(404);
            client.data(1, false, "late");
            assertThat(client.await(FrameSocket.RST_STREAM).error()).isZero();
        }
    }
}
