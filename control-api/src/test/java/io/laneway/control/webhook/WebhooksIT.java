package io.laneway.control.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.laneway.control.lane.LaneMessage;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.NoticeRows;
import io.laneway.control.store.NoticeRows.NoticeRow;
import io.laneway.control.store.Postgres;
import io.laneway.control.store.database.StoreConfig;
import io.laneway.control.webhook.Webhook.Form;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is sent to webhooks in the form that each takes, and what is sent again. */
class WebhooksIT {

    private static final LaneMessage MESSAGE = new LaneMessage(
            "expiring", "a<b>&c", Instant.parse("2026-11-08T00:00:00Z"), "https://laneway.example.com/r?ends=1&seal=x");

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> got = new CopyOnWriteArrayList<>();
    private final List<String> queries = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ControlStore store;

    @TempDir
    private Path directory;

    /** What the webhook answers next; 200 and nothing else when there is none. */
    private record Reply(int status, String body) {}

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    got.add(new JsonObject(body));
                    queries.add(String.valueOf(request.query()));
                    Reply reply = replies.poll();
                    request.response().setStatusCode(reply == null ? 200 : reply.status());
                    request.response().end(reply == null ? "" : reply.body());
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        store = ControlStore.open(new StoreConfig.Sqlite(directory), Clock.systemUTC());
    }

    @AfterEach
    void stop() {
        store.close();
        vertx.close();
    }

    private Webhook hook(Form form, String secret) {
        return new Webhook(form, URI.create("http://127.0.0.1:" + server.actualPort() + "/hook?a=b"), secret);
    }

    private Webhooks webhooks(Webhook hook) {
        Duration pause = Duration.ofMillis(1);
        return new Webhooks(List.of(hook), store.notices(), Clock.systemUTC(), List.of(pause, pause));
    }

    private void tell(Form form) {
        tell(hook(form, null));
    }

    /** Tells a webhook until it took the message or is given up. */
    private void tell(Webhook hook) {
        Webhooks webhooks = webhooks(hook);
        webhooks.send(MESSAGE);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            webhooks.again();
            return waiting().isEmpty();
        });
    }

    private List<NoticeRow> waiting() {
        return store.notices().due(Long.MAX_VALUE, 9);
    }

    @Test
    void aServerThatAnswersBeforeItHasReadTheBodyGetsItAllTheSame() throws Exception {
        List<String> upgrades = new CopyOnWriteArrayList<>();
        HttpServer hasty = vertx.createHttpServer()
                .requestHandler(request -> {
                    upgrades.add(String.valueOf(request.getHeader("upgrade")));
                    request.body().onSuccess(body -> got.add(new JsonObject(body)));
                    request.response().end();
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
        URI url = URI.create("http://127.0.0.1:" + hasty.actualPort() + "/hook");
        for (int i = 1; i <= 20; i++) {
            int told = i;
            // Each of these has a client, and so a first request, of its own.
            tell(new Webhook(Form.GENERIC, url));
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(got).hasSize(told));
        }
        assertThat(upgrades).as("what it was asked to speak instead").containsOnly("null");
    }

    @Test
    void whatWasNotTakenIsSentByTheNextProcess() {
        outlives(new StoreConfig.Sqlite(directory.resolve("own")));
        outlives(Postgres.fresh());
    }

    private void outlives(StoreConfig config) {
        got.clear();
        replies.add(new Reply(503, ""));
        store.close();
        store = ControlStore.open(config, Clock.systemUTC());
        webhooks(hook(Form.GENERIC, null)).send(MESSAGE);
        await().until(() -> waiting().stream().anyMatch(row -> row.due() < row.at() + 20_000));
        store.close();

        store = ControlStore.open(config, Clock.systemUTC());
        assertThat(waiting())
                .as("no token of the URL is kept")
                .noneMatch(row -> row.toString().contains("a=b"));
        Webhooks next = webhooks(hook(Form.GENERIC, null));
        Webhooks other = webhooks(hook(Form.GENERIC, null));
        await().until(() -> {
            next.again();
            other.again();
            return waiting().isEmpty();
        });
        assertThat(got).as("once again, by one of two").hasSize(2);
        assertThat(got.get(1)).isEqualTo(got.get(0));
    }

    @Test
    void theOldestAreDroppedBeyondABound() {
        NoticeRows rows = store.notices();
        for (int i = 0; i < 5; i++) {
            rows.add(List.of(new NoticeRow("id-" + i, "h", "e", "s", "{}", i, i, 1)), 3);
        }
        assertThat(waiting()).extracting(NoticeRow::id).containsExactly("id-2", "id-3", "id-4");
    }

    @Test
    void dingTalkGetsItsSignatureInTheQueryFreshWithEachTry() throws Exception {
        replies.add(new Reply(500, ""));
        tell(hook(Form.DINGTALK, "SEC+ret/1"));
        assertThat(queries).hasSize(2);
        for (String query : queries) {
            Map<String, String> named = new HashMap<>();
            for (String pair : query.split("&")) {
                named.put(pair.split("=", 2)[0], URLDecoder.decode(pair.split("=", 2)[1], UTF_8));
            }
            String timestamp = named.get("timestamp");
            assertThat(Long.parseLong(timestamp)).isCloseTo(System.currentTimeMillis(), within(60_000L));
            assertThat(named)
                    .containsEntry("a", "b")
                    .containsEntry("sign", hmac("SEC+ret/1", timestamp + "\nSEC+ret/1"));
        }
        assertThat(got.get(0).containsKey("sign")).isFalse();
    }

    @Test
    void feishuGetsItsSignatureInTheBody() throws Exception {
        tell(hook(Form.FEISHU, "secret"));
        JsonObject body = got.get(0);
        String timestamp = body.getString("timestamp");
        assertThat(Long.parseLong(timestamp)).isCloseTo(System.currentTimeMillis() / 1000, within(60L));
        assertThat(body.getString("sign")).isEqualTo(hmac(timestamp + "\nsecret", ""));
        assertThat(body.getString("msg_type")).isEqualTo("text");
        assertThat(queries.get(0)).isEqualTo("a=b");
    }

    @Test
    void signaturesAreThoseOfKnownPairs() {
        // Computed by openssl dgst -sha256 -hmac.
        Webhook feishu = new Webhook(Form.FEISHU, URI.create("https://open.feishu.cn/hook"), "demo");
        assertThat(new JsonObject(WebhookSignature.body(feishu, "{}", 1_599_360_473_999L)).getString("sign"))
                .isEqualTo("l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8=");
        Webhook ding = new Webhook(Form.DINGTALK, URI.create("https://oapi.dingtalk.com/robot/send"), "SECdemo");
        assertThat(WebhookSignature.url(ding, 1_599_360_473_999L))
                .hasToString(
                        "https://oapi.dingtalk.com/robot/send?timestamp=1599360473999&sign=d1p4%2FHovBBC9yQCfxZVWGYk6sEc9rnaqj0oTU42g%2BFk%3D");
    }

    private static String hmac(String key, String text) throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }

    @Test
    void oneThatIsBusyOrBrokenIsToldAgain() throws Exception {
        replies.add(new Reply(503, ""));
        replies.add(new Reply(429, "rate_limited"));
        replies.add(new Reply(200, "ok"));
        tell(Form.SLACK);
        assertThat(got).hasSize(3);
        assertThat(got.get(2)).isEqualTo(got.get(0));
    }

    @Test
    void oneThatStaysBrokenIsGivenUp() throws Exception {
        for (int i = 0; i < 9; i++) {
            replies.add(new Reply(500, ""));
        }
        tell(Form.GENERIC);
        assertThat(got).hasSize(3);
    }

    @Test
    void oneThatCallsTheMessageWrongIsNotToldAgain() throws Exception {
        replies.add(new Reply(404, "no_service"));
        tell(Form.SLACK);
        assertThat(got).hasSize(1);
    }

    @Test
    void dingTalkAndFeishuSayNoWithStatus200() throws Exception {
        replies.add(new Reply(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}"));
        replies.add(new Reply(200, "{\"errcode\":0,\"errmsg\":\"ok\"}"));
        tell(Form.DINGTALK);
        assertThat(got).hasSize(2);
        replies.add(new Reply(200, "{\"code\":11232,\"msg\":\"frequency limited\"}"));
        replies.add(new Reply(200, "{\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0}"));
        tell(Form.FEISHU);
        assertThat(got).hasSize(4);
    }

    @Test
    void oneThatIsAwayIsToldAgainUntilItIsGivenUp() throws Exception {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        Webhook away = new Webhook(Form.GENERIC, URI.create("http://127.0.0.1:" + port + "/hook"));
        tell(away);
        assertThat(got).isEmpty();
    }

    @Test
    void eachFormIsWhatItsProgramTakes() {
        assertThat(MESSAGE.json(Form.GENERIC).fieldNames())
                .containsExactlyInAnyOrder("event", "lane", "ends", "renew", "text");
        assertThat(MESSAGE.json(Form.DINGTALK).getString("msgtype")).isEqualTo("text");
        assertThat(MESSAGE.json(Form.DINGTALK).getJsonObject("text").getString("content"))
                .contains("a<b>&c");
        assertThat(MESSAGE.json(Form.FEISHU).getString("msg_type")).isEqualTo("text");
        assertThat(MESSAGE.json(Form.FEISHU).getJsonObject("content").getString("text"))
                .contains("?ends=1&seal=x");
        assertThat(MESSAGE.json(Form.SLACK).getString("text"))
                .as("Slack reads <, > and & as markup")
                .contains("a&lt;b&gt;&amp;c", "ends=1&amp;seal=x");
    }
}
