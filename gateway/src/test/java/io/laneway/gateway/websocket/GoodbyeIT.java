package io.laneway.gateway.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.TimeoutsConfig;
import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.router.model.service.Protocol;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** WebSockets when the gateway goes away: told so after the grace time, at the end of a frame, in both directions. */
@SuppressWarnings("try") // the tests end a side themselves
class GoodbyeIT {

    private static final int GOING_AWAY = 1001;

    private final BlockingQueue<WebSocket> endpoints = new LinkedBlockingQueue<>();
    private final BlockingQueue<WebSocket.Frame> heard = new LinkedBlockingQueue<>();
    /** Until then the endpoint keeps its connection, though it has heard all. */
    private CountDownLatch spoken = new CountDownLatch(0);

    private final Upstream upstream = Upstream.scripted(conversation -> {
        WebSocket socket = WebSocket.accept(conversation, conversation.head());
        endpoints.add(socket);
        for (WebSocket.Frame frame = socket.read(); frame != null; frame = socket.read()) {
            heard.add(frame);
        }
        await().until(() -> spoken.getCount() == 0);
    });

    private TestGateway gateway(Duration grace) {
        TimeoutsConfig times =
                new TimeoutsConfig(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5), grace);
        return TestGateway.over(Tables.one(Protocol.HTTP1, upstream.port()), config -> TestGateway.with(config, times));
    }

    private static WebSocket open(TestGateway gateway, boolean http2) {
        return http2 ? WebSocket.overHttp2(FrameSocket.client(gateway.port())) : WebSocket.overHttp1(gateway.port());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tellsBothEndsAfterTheGraceTime(boolean http2) throws Exception {
        try (upstream;
                TestGateway gateway = gateway(Duration.ofMillis(300));
                WebSocket client = open(gateway, http2)) {
            WebSocket endpoint = endpoints.poll(10, TimeUnit.SECONDS);
            CompletableFuture<?> drained = gateway.plane().drain();

            client.text("still");
            assertThat(heard.poll(10, TimeUnit.SECONDS).text()).isEqualTo("still");
            endpoint.text("here");
            assertThat(client.read().text()).isEqualTo("here");

            assertThat(client.read().code()).isEqualTo(GOING_AWAY);
            assertThat(client.read()).isNull();
            assertThat(heard.poll(10, TimeUnit.SECONDS).code()).isEqualTo(GOING_AWAY);
            client.close();
            drained.get(10, TimeUnit.SECONDS);
            await().untilAsserted(() -> assertThat(gateway.observed()).hasSize(1));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void waitsForTheEndOfAFrameThatIsUnderWay(boolean http2) throws Exception {
        spoken = new CountDownLatch(1);
        try (upstream;
                TestGateway gateway = gateway(Duration.ZERO);
                WebSocket client = open(gateway, http2)) {
            WebSocket endpoint = endpoints.poll(10, TimeUnit.SECONDS);
            byte[] question = frame(client, "to be continued");
            byte[] response = frame(endpoint, "in parts");
            client.send(joined(frame(client, "first"), Arrays.copyOf(question, 9)));
            endpoint.send(joined(frame(endpoint, "one"), Arrays.copyOf(response, 1)));
            assertThat(heard.poll(10, TimeUnit.SECONDS).text()).isEqualTo("first");
            assertThat(client.read().text()).isEqualTo("one");

            CompletableFuture<?> drained = gateway.plane().drain();
            // the loops hear of the drain one after the other, behind the closing of their sockets
            await().during(Duration.ofMillis(300))
                    .until(() -> !gateway.plane().listeners().isEmpty() && refuses(gateway));
            client.send(joined(Arrays.copyOfRange(question, 9, question.length), frame(client, "dropped")));
            endpoint.send(joined(Arrays.copyOfRange(response, 1, response.length), frame(endpoint, "dropped")));
            spoken.countDown();

            assertThat(heard.poll(10, TimeUnit.SECONDS).text()).isEqualTo("to be continued");
            assertThat(heard.poll(10, TimeUnit.SECONDS).code()).isEqualTo(GOING_AWAY);
            assertThat(client.read().text()).isEqualTo("in parts");
            assertThat(client.read().code()).isEqualTo(GOING_AWAY);
            client.close();
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    private static byte[] frame(WebSocket side, String text) {
        return side.bytes(true, WebSocket.TEXT, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Both for one write: who sees the first has the second too, and the other end may be gone right after the first. */
    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static boolean refuses(TestGateway gateway) {
        try (RawClient client = gateway.client()) {
            return !client.socket().isConnected();
        } catch (java.io.UncheckedIOException e) {
            return true;
        }
    }
}
