package io.laneway.control.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.ControlConfig;
import io.laneway.control.TestControl;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A joiner at one of two replicas on one PostgreSQL: each of them hands connections on, and its end is seen at both. */
class JoinReplicasIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TABLE = """
        {"services": [{"name": "order", "deployments": [{"lane": "master", "endpoints": ["127.0.0.1:9001"]}]}]}
        """;

    @TempDir
    private Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final WebSocketClient client = vertx.createWebSocketClient();
    private final BlockingQueue<JsonObject> said = new LinkedBlockingQueue<>();
    private TestControl one;
    private TestControl two;

    @BeforeEach
    void start() {
        StoreConfig.Postgres store = Postgres.fresh();
        one = TestControl.start(ControlConfig.in(directory, 0).with(store));
        two = TestControl.start(ControlConfig.in(directory, 0).with(store));
        one.put("/v1/table", TABLE);
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        vertx.close();
    }

    private WebSocket open(TestControl at, String path) throws Exception {
        return client.connect(new WebSocketConnectOptions()
                        .setHost("127.0.0.1")
                        .setPort(at.api().port())
                        .setURI(path))
                .toCompletionStage()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS);
    }

    private WebSocket join(TestControl at, String more) throws Exception {
        WebSocket joiner = open(at, "/v1/services/order/deployments/dev/join?port=8080" + more);
        joiner.textMessageHandler(text -> said.add(new JsonObject(text)));
        return joiner;
    }

    private JsonObject next(String name) throws InterruptedException {
        JsonObject message = said.poll(30, TimeUnit.SECONDS);
        assertThat(message).isNotNull();
        assertThat(message.getMap()).containsKey(name);
        return message;
    }

    private static JsonArray joins(TestControl at) {
        return at.get("/v1/joins").json().getJsonArray("joins");
    }

    @Test
    void aConnectionByTheOtherReplicaIsHandedOnBothWays() throws Exception {
        join(one, "");
        String id = next("joined").getJsonObject("joined").getString("id");
        await().atMost(PATIENCE).until(() -> joins(two).size() == 1);

        try (Socket gateway =
                new Socket(InetAddress.getLoopbackAddress(), two.api().port())) {
            gateway.setSoTimeout(30_000);
            write(
                    gateway,
                    "GET /v1/joins/" + id + "/connection HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\n"
                            + "upgrade: laneway-join\r\n\r\n");
            String key = next("open").getString("open");
            WebSocket machine = open(two, "/v1/joins/" + id + "/connections/" + key);
            machine.handler(bytes ->
                    machine.write(Buffer.buffer("<").appendBuffer(bytes).appendString(">")));

            assertThat(read(gateway, "\r\n\r\n")).startsWith("HTTP/1.1 101 ");
            write(gateway, "hello");
            assertThat(read(gateway, ">")).isEqualTo("<hello>");
        }
        assertThat(refusal(two, "/v1/joins/" + id + "/connections/guessed")).isEqualTo(404);
    }

    @Test
    void ofTwoReplicasTheLaterJoinerServesAndTheFirstIsEnded() throws Exception {
        join(one, "&joiner=a");
        next("joined");
        await().atMost(PATIENCE).until(() -> joins(two).size() == 1);

        assertThat(refusal(two, "/v1/services/order/deployments/dev/join?joiner=b"))
                .isEqualTo(409);
        join(two, "&joiner=b&replace=true");

        await().atMost(PATIENCE).until(() -> said.stream().anyMatch(message -> message.containsKey("ended")));
        assertThat(said.stream().filter(message -> message.containsKey("ended")))
                .singleElement()
                .satisfies(ended -> assertThat(ended.getString("ended")).contains("took its place"));
        await().atMost(PATIENCE)
                .until(() -> joins(one).size() == 1 && joins(two).size() == 1);
        assertThat(served(one)).isEqualTo(200);
        assertThat(served(two)).isEqualTo(200);
    }

    /** The lane is there for the first join alone. */
    @Test
    void aJoinThatTakesThePlaceOfAnotherKeepsTheLane() throws Exception {
        join(one, "&joiner=a");
        next("joined");
        join(one, "&joiner=b&replace=true");

        await().atMost(PATIENCE).until(() -> said.stream().anyMatch(message -> message.containsKey("ended")));
        await().atMost(PATIENCE).until(() -> joins(two).size() == 1);
        assertThat(served(one)).isEqualTo(200);
        assertThat(served(two)).isEqualTo(200);
    }

    private static int served(TestControl at) {
        return at.get("/v1/services/order/deployments/dev").status();
    }

    @Test
    void theSameJoinerComesAgainAtAnotherReplicaWhileItsFirstJoinIsThere() throws Exception {
        join(one, "&joiner=a");
        next("joined");
        await().atMost(PATIENCE).until(() -> joins(two).size() == 1);

        join(two, "&joiner=a");

        await().atMost(PATIENCE).until(() -> said.stream().anyMatch(message -> message.containsKey("joined")));
    }

    @Test
    void theJoinsOfAReplicaThatIsGoneAreTakenAway() throws Exception {
        join(one, "");
        next("joined");
        await().atMost(PATIENCE).until(() -> joins(two).size() == 1);

        one.close();

        await().atMost(PATIENCE).until(() -> joins(two).isEmpty());
        assertThat(two.get("/v1/lanes").body()).doesNotContain("dev");
        one = TestControl.start(directory.resolve("other"));
    }

    private int refusal(TestControl at, String path) throws Exception {
        try {
            open(at, path);
            return 101;
        } catch (ExecutionException e) {
            return e.getCause() instanceof UpgradeRejectedException refused ? refused.getStatus() : -1;
        }
    }

    private static void write(Socket to, String text) throws IOException {
        to.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        to.getOutputStream().flush();
    }

    private static String read(Socket from, String end) throws IOException {
        InputStream in = from.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("ended after: " + text);
            }
            text.append((char) next);
        }
        return text.toString();
    }
}
