package io.laneway.gateway.telemetry.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.FrameSocket;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Upstream;
import io.laneway.gateway.testkit.WebSocket;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.secret.SecretScan;
import io.laneway.replay.socket.WholeSockets;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of WebSockets where a recording asks for frames: HTTP/1.1 and HTTP/2, compressed, cut, for hours. */
class RecordingSocketsIT {

    private static final String SECRET = "s3cr3t-Zx81kQ0pLm";
    private static final String LOGIN = "{\"password\":\"" + SECRET + "\",\"room\":\"lane\"}";

    @TempDir
    Path dir;

    private final Upstream sockets = WebSocket.echoing();
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        sockets.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    static String table(int port, String recording) {
        return """
            revision: 1
            services:
              - name: chat
                hosts: [a.test, 127.0.0.1]
                deployments: [{lane: master, protocol: http1, endpoints: ["127.0.0.1:%d"]}]
            recordings:
              - {name: rec, until: "2999-01-01T00:00:00Z", frames: true%s}
            """.formatted(port, recording);
    }

    private RecordedGateway gateway(String more) throws IOException {
        return new RecordedGateway(dir.resolve("gw"), table(sockets.port(), more));
    }

    /** WebSockets whose end is in the files, once there are so many. */
    private static List<RecordedExchange> ended(RecordedGateway gateway, int count) {
        return await().until(() -> wholes(gateway.recorded()), all -> all.size() >= count);
    }

    private static List<RecordedExchange> wholes(List<RecordedExchange> records) {
        WholeSockets sockets = new WholeSockets();
        List<RecordedExchange> wholes = new ArrayList<>();
        for (RecordedExchange each : records) {
            RecordedExchange whole = sockets.add(each);
            if (whole != null) {
                wholes.add(whole);
            }
        }
        return wholes;
    }

    private static List<String> said(RecordedExchange exchange) {
        return socket(exchange).frames().stream()
                .map(frame -> (frame.client() ? "> " : "< ") + frame.opcode() + " " + text(frame))
                .toList();
    }

    private static RecordedSocket socket(RecordedExchange exchange) {
        return Objects.requireNonNull(exchange.socket());
    }

    private static String text(RecordedFrame frame) {
        return new String(frame.payload().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void framesOfBothDirectionsAreKeptWithoutTheirSecrets() throws IOException {
        try (RecordedGateway gateway = gateway("")) {
            try (WebSocket socket = WebSocket.overHttp1(gateway.edge(), "Cookie: session=" + SECRET + "\n")) {
                socket.text(LOGIN).read();
                socket.frame(false, WebSocket.TEXT, bytes("one ")).frame(true, WebSocket.PING, bytes("p"));
                socket.frame(true, WebSocket.CONTINUATION, bytes("two " + SECRET))
                        .read();
                socket.read();
                socket.read();
                socket.close(4711, "so long").read();
            }
            RecordedExchange kept = ended(gateway, 1).get(0);

            assertThat(kept.request().target()).isEqualTo("/socket");
            assertThat(Objects.requireNonNull(kept.response()).status()).isEqualTo(101);
            assertThat(kept.response().headers())
                    .anySatisfy(field -> assertThat(field.name()).isEqualToIgnoringCase("sec-websocket-accept"));
            String login = said(kept).get(0);
            assertThat(login).startsWith("> 1 {\"password\":\"lwp_").endsWith("\",\"room\":\"lane\"}");
            String secret = login.substring(login.indexOf("lwp_"), login.indexOf("lwp_") + 36);
            assertThat(said(kept).stream().filter(each -> each.startsWith(">")))
                    .containsExactly(login, "> 9 p", "> 1 one two " + secret, "> 8 so long");
            assertThat(said(kept).stream().filter(each -> each.startsWith("<")))
                    .containsExactly(login.replace('>', '<'), "< 10 p", "< 1 one two " + secret, "< 8 so long");
            assertThat(socket(kept).frames())
                    .last()
                    .satisfies(each -> assertThat(each.code()).isEqualTo(4711));
            assertThat(socket(kept).frames())
                    .allSatisfy(each -> assertThat(each.after()).isLessThanOrEqualTo(kept.duration()));
            assertThat(new SecretScan(List.of()).findings(kept)).isEmpty();
            assertThat(gateway.count("kept", "")).isOne();
            assertThat(gateway.counted()).isOne();
        }
    }

    /** The server says nothing of a protocol. */
    @Test
    void messagesOfBytesAreKeptWithoutTheirSecrets() throws IOException {
        byte[] login = "\20\36\0\4MQTT\4\u00c2\0\74\0\1c\0\3joe\0\12implcwjufx".getBytes(StandardCharsets.ISO_8859_1);
        byte[] json = "{\"n\":\"\u00e9\",\"password\":\"implcwjufy\"}".getBytes(StandardCharsets.ISO_8859_1);
        byte[] map = "\u0081\u00a8password\u00aaimplcwjufz".getBytes(StandardCharsets.ISO_8859_1);
        try (RecordedGateway gateway = gateway("")) {
            try (WebSocket socket = WebSocket.overHttp1(gateway.edge(), "")) {
                for (byte[] each : List.of(login, json, map)) {
                    socket.frame(true, RecordedFrame.BINARY, each).read();
                }
                socket.close(1000, "").read();
            }
            RecordedExchange kept = ended(gateway, 1).get(0);

            assertThat(said(kept)).allSatisfy(each -> assertThat(each).doesNotContain("implcwjuf"));
            assertThat(socket(kept).frames().stream()
                            .filter(RecordedFrame::client)
                            .map(frame -> String.valueOf(frame.payload().omitted())))
                    .containsExactly(
                            "a login of mqtt", "null", "a secret's name in bytes of an unknown format", "null");
            assertThat(new SecretScan(List.of()).findings(kept)).isEmpty();
        }
    }

    @Test
    void anExtendedConnectIsKeptLikewise() throws IOException {
        try (RecordedGateway gateway = gateway("")) {
            try (FrameSocket frames = gateway.frames();
                    WebSocket socket = WebSocket.overHttp2(frames)) {
                socket.text(LOGIN).read();
                socket.close(1000, "").read();
            }
            RecordedExchange kept = ended(gateway, 1).get(0);

            assertThat(kept.request().protocol()).isEqualTo("HTTP/2");
            assertThat(said(kept))
                    .hasSize(4)
                    .allSatisfy(each -> assertThat(each).doesNotContain(SECRET));
            assertThat(said(kept).get(1)).startsWith("< 1 {\"password\":\"lwp_");
        }
    }

    /** A real client and a real server that compress, each with what it remembers of earlier messages. */
    @Test
    void compressedMessagesAreKeptAsText() throws Exception {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions()
                        .setPerMessageWebSocketCompressionSupported(true)
                        .setWebSocketAllowServerNoContext(false))
                .webSocketHandler(socket -> socket.textMessageHandler(socket::writeTextMessage));
        int port = get(server.listen(0, "127.0.0.1")).actualPort();
        // Kept until the end: Vert.x closes the connections of a client that nothing refers to.
        WebSocketClient sockets =
                vertx.createWebSocketClient(new WebSocketClientOptions().setTryUsePerMessageCompression(true));
        try (RecordedGateway gateway = new RecordedGateway(dir.resolve("gw"), table(port, ""))) {
            io.vertx.core.http.WebSocket client = get(sockets.connect(new WebSocketConnectOptions()
                    .setHost("127.0.0.1")
                    .setPort(gateway.insidePort())
                    .setURI("/chat")));
            BlockingQueue<String> echoed = new LinkedBlockingQueue<>();
            client.textMessageHandler(echoed::add);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                sent.add("{\"n\":" + i + ",\"token\":\"" + SECRET + "\",\"text\":\"" + "lane way ".repeat(100) + "\"}");
                client.writeTextMessage(sent.get(i));
                assertThat(echoed.poll(10, TimeUnit.SECONDS)).isEqualTo(sent.get(i));
            }
            // the server may have closed the connection first
            get(client.close().otherwiseEmpty());
            RecordedExchange kept = ended(gateway, 1).get(0);

            List<RecordedFrame> messages = socket(kept).frames().stream()
                    .filter(frame -> frame.opcode() == RecordedFrame.TEXT)
                    .toList();
            assertThat(messages).hasSize(80).allSatisfy(frame -> {
                assertThat(frame.payload().decoded()).isEqualTo("permessage-deflate");
                assertThat(frame.payload().size()).isLessThan(200);
                assertThat(text(frame))
                        .startsWith("{\"n\":")
                        .contains("\"token\":\"lwp_")
                        .endsWith("lane way \"}");
            });
        } finally {
            get(sockets.close());
        }
    }

    /** Java's own client, which sends a large message in frames. */
    @Test
    void messagesAreKeptUpToTheBound() throws Exception {
        try (RecordedGateway gateway = gateway(", bodies: 10KiB")) {
            BlockingQueue<Integer> received = new LinkedBlockingQueue<>();
            java.net.http.WebSocket client = HttpClient.newHttpClient()
                    .newWebSocketBuilder()
                    .buildAsync(
                            URI.create("ws://127.0.0.1:" + gateway.insidePort() + "/chat"),
                            new java.net.http.WebSocket.Listener() {
                                private int size;

                                @Override
                                public CompletionStage<?> onText(
                                        java.net.http.WebSocket socket, CharSequence data, boolean last) {
                                    size += data.length();
                                    if (last) {
                                        received.add(size);
                                    }
                                    socket.request(1);
                                    return null;
                                }
                            })
                    .get(10, TimeUnit.SECONDS);
            client.sendText("x".repeat(300_000), true).get(10, TimeUnit.SECONDS);
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo(300_000);
            client.sendClose(1000, "").get(10, TimeUnit.SECONDS);
            RecordedExchange kept = ended(gateway, 1).get(0);

            assertThat(socket(kept).frames().stream().filter(frame -> frame.opcode() == RecordedFrame.TEXT))
                    .hasSize(2)
                    .allSatisfy(frame -> {
                        assertThat(frame.payload().size()).isEqualTo(300_000);
                        assertThat(frame.payload().bytes()).hasSize(10 << 10);
                        assertThat(frame.payload().cut()).isTrue();
                    });
        }
    }

    @Test
    void whatPassedIsThereWhileTheWebSocketLastsAndWhenTheRecordingEndsBefore() throws IOException {
        try (RecordedGateway gateway = gateway("");
                WebSocket socket = WebSocket.overHttp1(gateway.edge(), "")) {
            socket.text("early").read();
            List<RecordedExchange> first = await().until(gateway::recorded, all -> !all.isEmpty());
            assertThat(socket(first.get(0)).part()).isOne();
            assertThat(socket(first.get(0)).last()).isFalse();
            assertThat(said(first.get(0))).containsExactly("> 1 early", "< 1 early");
            assertThat(gateway.count("kept", "")).isOne();

            socket.text("later").read();
            List<RecordedExchange> both = await().until(gateway::recorded, all -> all.size() > 1);
            assertThat(both.get(1).continues()).isTrue();
            assertThat(said(both.get(1))).containsExactly("> 1 later", "< 1 later");

            gateway.table(table(sockets.port(), "")
                    .replace("frames: true", "frames: false, path: /none")
                    .replace("revision: 1", "revision: 2"));
            socket.text("behind the end").read();
            socket.close(1000, "").read();
            assertThat(gateway.counted()).isOne();
            assertThat(gateway.recorded()).hasSize(2);
        }
    }

    @Test
    void withoutFramesWebSocketsAreNotRecorded() throws IOException {
        String table = table(sockets.port(), "").replace(", frames: true", "");
        try (RecordedGateway gateway = new RecordedGateway(dir.resolve("gw"), table)) {
            try (WebSocket socket = WebSocket.overHttp1(gateway.edge(), "")) {
                socket.text("hello").read();
                socket.close(1000, "").read();
            }
            await().until(() -> gateway.counted() > 0);
            assertThat(gateway.reasons()).containsOnlyKeys("upgrade");
            assertThat(gateway.recorded()).isEmpty();
        }
    }

    /** Each loop has 8 MiB: what has no room is missed and counted, and what is there says so. */
    @Test
    void recordedAndDroppedIsAllThatMatchedWithManyAtOnce() throws IOException {
        int count = 40;
        try (RecordedGateway gateway = gateway(", bodies: 1MiB")) {
            for (int i = 0; i < count; i++) {
                try (WebSocket socket = WebSocket.overHttp1(gateway.edge(), "")) {
                    socket.text(LOGIN).read();
                    if (i % 2 == 0) {
                        socket.close(1000, "").read();
                    }
                }
            }
            await().until(() -> gateway.counted() == count);
            long kept = gateway.count("kept", "");
            await().until(() -> gateway.recorded().stream()
                            .mapToInt(RecordedExchange::requests)
                            .sum()
                    == kept);
        }
    }

    @Test
    void whatPassedBeforeAGatewayIsKilledIsInTheFile() throws Exception {
        Path directory = dir.resolve("killed");
        try (RecordedProgram program = RecordedProgram.start(directory, table(sockets.port(), ""));
                WebSocket socket = WebSocket.overHttp1(RawClient.to(program.port()), "")) {
            socket.text("hello").read();
            await().until(() -> !program.recorded().isEmpty());
            socket.text("within the last second").read();
            program.kill();

            List<RecordedExchange> kept = program.recorded();
            assertThat(kept.stream().mapToInt(RecordedExchange::requests).sum()).isOne();
            assertThat(said(kept.get(0))).contains("> 1 hello", "< 1 hello");
        }
    }

    private static <T> T get(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
