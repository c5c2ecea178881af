package io.laneway.gateway.traffic.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.KeyPublisher;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.StreamPipe;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.TokenKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests that wait for their token: in order, whole, held back, and over when their client leaves. */
class TokenWaitIT {

    private static final TokenKey KEY = TokenKey.of("k1");
    private static final String BEARER = "Authorization: Bearer " + KEY.sign(TokenGateway.claims()) + "\n";

    private final KeyPublisher keys = new KeyPublisher(KEY);
    private TokenGateway at;

    @BeforeEach
    void start() {
        keys.hold();
        at = new TokenGateway(TokenGateway.jwt(keys.uri()));
        await().until(() -> keys.asked() > 0);
    }

    @AfterEach
    void stop() {
        keys.release();
        at.close();
        keys.close();
        TestGateway.noneLost();
    }

    private static String request(String line, String more) {
        return line + " HTTP/1.1\nHost: a.test\n" + more + "\n";
    }

    @Test
    void pipelinedRequestsKeepTheirOrderAndAllArrive() {
        try (RawClient client = at.client()) {
            client.send(request("POST /1", BEARER + "Content-Length: 5\n") + "hello"
                    + request("GET /2", "")
                    + request("POST /3", BEARER + "Transfer-Encoding: chunked\nTrailer: x-t\n")
                    + "3\nabc\n2\nde\n0\nx-t: 1\n\n"
                    + request("GET /4", BEARER)
                    + request("GET /5", "Authorization: Bearer a.b.c\n"));
            assertThat(at.base.requests()).isEmpty();
            keys.release();
            assertThat(client.response().body()).isEqualTo("G0");
            assertThat(client.response().body()).isEqualTo("base");
            assertThat(client.response().body()).isEqualTo("G0");
            assertThat(client.response().body()).isEqualTo("G0");
            assertThat(client.response().status()).isEqualTo(401);
        }
        assertThat(at.gray.requests())
                .extracting(request -> request.startLine() + " " + request.body())
                .containsExactly("POST /1 HTTP/1.1 hello", "POST /3 HTTP/1.1 abcde|x-t: 1", "GET /4 HTTP/1.1 ");
        assertThat(at.base.requests())
                .extracting(request -> request.startLine())
                .containsExactly("GET /2 HTTP/1.1");
    }

    @Test
    void aLargeBodyIsHeldBackAndArrivesWhole() throws Exception {
        int size = 8 << 20;
        byte[] body = new byte[size];
        for (int i = 0; i < size; i++) {
            body[i] = (byte) ('a' + i % 26);
        }
        try (RawClient client = at.client()) {
            client.send(request("POST /", BEARER + "Content-Length: " + size + "\n"));
            Thread sender = new Thread(() -> client.send(body));
            sender.start();
            await().until(() -> sender.getState() == Thread.State.RUNNABLE && blocked(sender));
            keys.release();
            assertThat(client.response().body()).isEqualTo("G0");
            sender.join();
        }
        assertThat(at.gray.requests().get(0).body()).isEqualTo(new String(body, StandardCharsets.ISO_8859_1));
    }

    /** Whether it has been in one write for a while: the gateway takes no more. */
    private static boolean blocked(Thread sender) {
        for (int i = 0; i < 20; i++) {
            boolean writing = false;
            for (StackTraceElement frame : sender.getStackTrace()) {
                writing |= frame.getMethodName().contains("write");
            }
            if (!writing) {
                return false;
            }
        }
        return true;
    }

    @Test
    void overHttp2WithBodyTheSameAndNoMoreThanTheWindowComesMeanwhile() throws IOException {
        String fields = FrameSocket.POST
                + BEARER.toLowerCase(java.util.Locale.ROOT)
                        .replace(
                                "authorization: bearer "
                                        + KEY.sign(TokenGateway.claims()).toLowerCase(java.util.Locale.ROOT),
                                "authorization: Bearer " + KEY.sign(TokenGateway.claims()));
        try (FrameSocket client = FrameSocket.client(at.gateway.port());
                StreamPipe pipe = StreamPipe.open(client, 1, fields)) {
            byte[] body = "0123456789".repeat(100_000).getBytes(StandardCharsets.US_ASCII);
            Thread sender = new Thread(() -> write(pipe, body));
            sender.start();
            await().until(() ->
                    sender.getState() == Thread.State.WAITING || sender.getState() == Thread.State.TIMED_WAITING);
            keys.release();
            assertThat(pipe.head()).contains(":status: 200");
            sender.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(at.gray.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.body()).hasSize(1_000_000));
    }

    private static void write(StreamPipe pipe, byte[] body) {
        try (var out = pipe.out()) {
            out.write(body);
            pipe.endOutput();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void aCallsOwnDeadlineEndsItsWaitForKeys() {
        try (RawClient client = at.client();
                FrameSocket http2 = FrameSocket.client(at.gateway.port())) {
            // keys are held: what ends the wait is the call's time, which is over long before the 5s of jwt
            RawClient.Response response =
                    client.get("/", BEARER + "Content-Type: application/grpc\ngrpc-timeout: 20m\n");
            assertThat(response.status()).isEqualTo(504);
            assertThat(response.body()).contains("the call's time was over");
            assertThat(response.header("retry-after")).isNull();

            http2.headers(
                    1,
                    true,
                    FrameSocket.POST + "content-type: application/grpc\nte: trailers\ngrpc-timeout: 20m\n"
                            + "authorization: Bearer " + KEY.sign(TokenGateway.claims()) + "\n");
            assertThat(http2.response(1).field("grpc-status")).isEqualTo("4");
        }
        assertThat(at.gray.requests()).isEmpty();
        assertThat(at.base.requests()).isEmpty();
    }

    @Test
    void aCallsOwnDeadlineIsNoWayPastItsToken() {
        try (TokenGateway allowing = new TokenGateway(TokenGateway.allowing(TokenGateway.jwt(keys.uri())));
                RawClient client = allowing.client()) {
            RawClient.Response response =
                    client.get("/", BEARER + "Content-Type: application/grpc\ngrpc-timeout: 1n\n");
            assertThat(response.status()).isEqualTo(504);
            assertThat(allowing.base.requests()).isEmpty();
        }
    }

    @Test
    void aClientThatLeavesEndsItsRequestAndItsConnectionsNextOneIsNotTakenForIt() {
        try (RawClient client = at.client()) {
            client.send(request("POST /gone", BEARER + "Content-Length: 9\n") + "half");
        }
        await().until(() -> at.gateway.finished() == 1);
        assertThat(at.gateway.observed().get(0).flag()).isEqualTo("DC");
        try (RawClient client = at.client()) {
            client.send(request("GET /next", ""));
            assertThat(client.response().body()).isEqualTo("base");
            keys.release();
            await().until(() -> at.gateway.plane().parts().tokens().of("edge").remembered() == 1);
            assertThat(client.get("/later").body()).isEqualTo("base");
        }
        assertThat(at.gray.requests()).isEmpty();
        assertThat(at.base.requests()).hasSize(2);
    }

    @Test
    void aStreamThatIsResetEndsItsRequestAndLeavesTheOthers() {
        try (FrameSocket client = FrameSocket.client(at.gateway.port())) {
            String bearer = "authorization: Bearer " + KEY.sign(TokenGateway.claims()) + "\n";
            client.headers(1, false, FrameSocket.POST + bearer);
            client.headers(3, true, FrameSocket.GET + bearer);
            client.reset(1, 8);
            await().until(() -> at.gateway.finished() == 1);
            keys.release();
            assertThat(client.response(3).body()).isEqualTo("G0");
        }
        assertThat(at.gray.requests()).hasSize(1);
    }
}
