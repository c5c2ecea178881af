package io.laneway.gateway.resilience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.FrameUpstream;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.RawClient.Response;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Mirror;
import io.laneway.router.unit.ByteSize;
import io.laneway.router.unit.Share;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bound that a service's policy sets to bodies of requests, over real sockets. */
class MaxBodyIT {

    private static final ByteSize TEN = new ByteSize(10);
    private static final String CHUNKED = "POST / HTTP/1.1\nHost: a.test\nTransfer-Encoding: chunked\n\n";

    private static TestGateway over(Protocol protocol, ByteSize most, int port) {
        return TestGateway.over(new Tables()
                .protocol(protocol)
                .service("a", "master", port)
                .policy(Policies.with(most))
                .route("/any", "a", false)
                .build());
    }

    private static TestGateway over(int port) {
        return over(Protocol.HTTP1, TEN, port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\n"})
    void aBodyThatIsAnnouncedTooLargeIsRefusedBeforeItsEndpointIsAsked(String expect) {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = over(upstream.port());
                RawClient client = gateway.client()) {
            Response refused = client.send("POST / HTTP/1.1\nHost: a.test\n" + expect + "Content-Length: 11\n\n")
                    .response();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("request body too large: at most 10B", "\"service\":\"a\"");
            assertThat(upstream.connections()).isZero();
            assertThat(gateway.count(Offence.TOO_LARGE)).isEqualTo(1);
            await().until(() ->
                    gateway.observed().stream().anyMatch(each -> each.flag().equals("DPE")));
            assertThat(refused.header("connection")).isEqualTo("close");
            assertThat(client.closed()).isTrue();
        }
    }

    @Test
    void aBodyAtItsBoundPassesHoweverItComes() {
        try (Upstream upstream = Upstream.responding(request ->
                        "HTTP/1.1 200 OK\nContent-Length: " + request.body().length() + "\n\n" + request.body());
                TestGateway gateway = over(upstream.port());
                RawClient client = gateway.client();
                FrameSocket frames = FrameSocket.client(gateway.port())) {
            assertThat(client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 10\n\n0123456789")
                            .response()
                            .body())
                    .isEqualTo("0123456789");
            assertThat(client.send(CHUNKED + "4\n0123\n6\n456789\n0\n\n")
                            .response()
                            .status())
                    .isEqualTo(200);
            frames.headers(1, false, FrameSocket.POST).data(1, false, "01234").data(1, true, "56789");
            assertThat(frames.response(1).status()).isEqualTo(200);
        }
    }

    @Test
    void aBodyThatTurnsOutTooLargeNeverComesWholeToItsEndpoint() throws Exception {
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    String head = conversation.head();
                    seen.add(head + new String(conversation.in().readAllBytes(), StandardCharsets.ISO_8859_1));
                });
                TestGateway gateway = over(upstream.port());
                RawClient client = gateway.client()) {
            client.send(CHUNKED + "4\n0123\n");
            await().until(() -> upstream.connections() == 1);
            Response refused = client.send("7\n456789x\n0\n\n").response();

            assertThat(refused.status()).isEqualTo(413);
            assertThat(seen.poll(10, TimeUnit.SECONDS)).endsWith("0123\r\n").doesNotContain("x\r\n", "\r\n0\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(HttpClient.Version.class)
    void aClientThatSendsMuchMoreHearsWhyBeforeItsConnectionEnds(HttpClient.Version version) throws Exception {
        try (Upstream upstream = Upstream.saying("ok");
                TestGateway gateway = over(Protocol.HTTP1, new ByteSize(100_000), upstream.port())) {
            HttpClient client = HttpClient.newBuilder().version(version).build();
            URI uri = URI.create("http://127.0.0.1:" + gateway.port() + "/any");
            byte[] piece = new byte[16_384];
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> refused = client.send(
                        HttpRequest.newBuilder(uri)
                                .setHeader("x-request", "" + i)
                                .POST(BodyPublishers.ofByteArrays(Collections.nCopies(60, piece)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
                assertThat(refused.statusCode()).isEqualTo(413);
            }
        }
    }

    @Test
    void oneStreamThatIsTooLargeLeavesOthersAloneAndItsEndpointsStreamIsReset() {
        BlockingQueue<Integer> reset = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> data = new LinkedBlockingQueue<>();
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    for (FrameSocket.Frame frame = connection.read(); frame != null; frame = connection.read()) {
                        if (frame.type() == FrameSocket.RST_STREAM) {
                            reset.add(frame.stream());
                        } else if (frame.endsStream()) {
                            FrameUpstream.response(connection, frame.stream(), "whole");
                        } else if (frame.type() == FrameSocket.DATA) {
                            data.add(frame.stream());
                        }
                    }
                });
                TestGateway gateway = over(Protocol.H2C, TEN, upstream.port());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST).data(1, false, "01234567");
            client.headers(3, false, FrameSocket.POST).data(3, false, "01234567");
            await().until(() -> data.size() == 2);
            client.data(1, true, "890");
            assertThat(client.response(1).status()).isEqualTo(413);
            client.data(3, true, "89");
            assertThat(client.response(3).body()).isEqualTo("whole");
            await().until(() -> reset.size() == 1);
            client.headers(5, false, FrameSocket.POST + "content-length: 11\n");
            assertThat(client.response(5).status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aCallOfGrpcThatIsTooLargeIsExhausted(boolean inResponse) {
        try (FrameUpstream upstream = FrameUpstream.scripted((connection, number) -> {
                    for (FrameSocket.Frame frame = connection.read(); frame != null; frame = connection.read()) {
                        if (inResponse && frame.type() == FrameSocket.HEADERS) {
                            String head = ":status: 200\ncontent-type: application/grpc\n";
                            connection.headers(frame.stream(), false, head);
                        }
                    }
                });
                TestGateway gateway = over(Protocol.H2C, TEN, upstream.port());
                FrameSocket client = FrameSocket.client(gateway.port())) {
            client.headers(1, false, FrameSocket.POST + "content-type: application/grpc\nte: trailers\n");
            if (inResponse) {
                assertThat(client.fields(client.await(FrameSocket.HEADERS))).contains(":status: 200");
            }
            client.data(1, false, "\0\0\0\0\u0006abcdef");
            String end = client.fields(client.await(FrameSocket.HEADERS));
            assertThat(end).contains("grpc-status: 8").contains("too large");
        }
    }

    @Test
    void aResponseThatHasBegunIsCut() throws IOException {
        try (Upstream upstream = Upstream.scripted(conversation -> {
                    conversation.head();
                    conversation.send("HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n3\nabc\n");
                    conversation.in().readAllBytes();
                });
                TestGateway gateway = over(upstream.port());
                RawClient client = gateway.client()) {
            client.send(CHUNKED + "4\n0123\n");
            assertThat(client.line()).startsWith("HTTP/1.1 200");
            client.send("9\n012345678\n0\n\n");
            assertThat(new String(client.in().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void whatAWebSocketCarriesIsNoBody() {
        try (Upstream upstream = WebSocket.echoing();
                TestGateway gateway = over(upstream.port());
                WebSocket socket = WebSocket.overHttp1(gateway.port())) {
            assertThat(socket.text("more than ten bytes, and again").read().text())
                    .isEqualTo("more than ten bytes, and again");
            assertThat(socket.text("more than ten bytes, and again").read().text())
                    .isEqualTo("more than ten bytes, and again");
        }
    }

    @Test
    void noMirrorGetsWhatIsTooLarge() {
        BlockingQueue<String> copies = new LinkedBlockingQueue<>();
        try (Upstream upstream = Upstream.saying("ok");
                Upstream mirrored = Upstream.scripted(conversation -> copies.add(conversation.head()
                        + new String(conversation.in().readAllBytes(), StandardCharsets.ISO_8859_1)));
                TestGateway gateway = TestGateway.over(new Tables()
                        .lane("m")
                        .service("a", "master", upstream.port())
                        .service("a", "m", mirrored.port())
                        .policy(Policies.with(TEN, new Mirror("m", Share.ALL)))
                        .build());
                RawClient client = gateway.client();
                RawClient chunked = gateway.client()) {
            assertThat(client.send("POST / HTTP/1.1\nHost: a.test\nContent-Length: 11\n\n01234567890")
                            .response()
                            .status())
                    .isEqualTo(413);
            assertThat(chunked.send(CHUNKED + "b\n01234567890\n0\n\n")
                            .response()
                            .status())
                    .isEqualTo(413);
            await().until(() -> gateway.count("a", "m", stats -> stats.mirrorsDropped) == 1);
            assertThat(List.copyOf(copies))
                    .noneMatch(copy -> copy.contains("01234567890") || copy.endsWith("0\r\n\r\n"));
        }
    }
}
