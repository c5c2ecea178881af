package io.laneway.control.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.lane.LaneLifeConfig.Form;
import io.laneway.control.lane.LaneLifeConfig.Webhook;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is sent to webhooks in the form that each takes, and what is sent again. */
class WebhooksIT {

    private static final LaneMessage MESSAGE = new LaneMessage(
            "expiring", "a<b>&c", Instant.parse("2026-11-08T00:00:00Z"), "https://laneway.example.com/r?ends=1&seal=x");

    private final Vertx vertx = Vertx.vertx();
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<JsonObject> got = new CopyOnWriteArrayList<>();
    private final Webhooks webhooks = new Webhooks(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
    private HttpServer server;

    /** What the webhook answers next; 200 and nothing else when there is none. */
    private record Reply(int status, String body) {}

    @BeforeEach
    void start() throws Exception {
        server = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    got.add(new JsonObject(body));
                    Reply reply = replies.poll();
                    request.response().setStatusCode(reply == null ? 200 : reply.status());
                    request.response().end(reply == null ? "" : reply.body());
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(1, TimeUnit.MINUTES);
    }

    @AfterEach
    void stop() {
        vertx.close();
    }

    private boolean tell(Form form) throws Exception {
        URI url = URI.create("http://127.0.0.1:" + server.actualPort() + "/hook");
        return webhooks.tell(new Webhook(form, url), MESSAGE).get(1, TimeUnit.MINUTES);
    }

    @Test
    void oneThatIsBusyOrBrokenIsToldAgain() throws Exception {
        replies.add(new Reply(503, ""));
        replies.add(new Reply(429, "rate_limited"));
        replies.add(new Reply(200, "ok"));
        assertThat(tell(Form.SLACK)).isTrue();
        assertThat(got).hasSize(3);
        assertThat(got.get(2)).isEqualTo(got.get(0));
    }

    @Test
    void oneThatStaysBrokenIsGivenUp() throws Exception {
        for (int i = 0; i < 9; i++) {
            replies.add(new Reply(500, ""));
        }
        assertThat(tell(Form.GENERIC)).isFalse();
        assertThat(got).hasSize(3);
    }

    @Test
    void oneThatCallsTheMessageWrongIsNotToldAgain() throws Exception {
        replies.add(new Reply(404, "no_service"));
        assertThat(tell(Form.SLACK)).isFalse();
        assertThat(got).hasSize(1);
    }

    @Test
    void dingTalkAndFeishuSayNoWithStatus200() throws Exception {
        replies.add(new Reply(200, "{\"errcode\":130101,\"errmsg\":\"send too fast\"}"));
        replies.add(new Reply(200, "{\"errcode\":0,\"errmsg\":\"ok\"}"));
        assertThat(tell(Form.DINGTALK)).isTrue();
        assertThat(got).hasSize(2);
        replies.add(new Reply(200, "{\"code\":11232,\"msg\":\"frequency limited\"}"));
        replies.add(new Reply(200, "{\"StatusCode\":0,\"StatusMessage\":\"success\",\"code\":0}"));
        assertThat(tell(Form.FEISHU)).isTrue();
        assertThat(got).hasSize(4);
    }

    @Test
    void oneThatIsAwayIsToldAgainUntilItIsGivenUp() throws Exception {
        int port = server.actualPort();
        server.close().toCompletionStage().toCompletableFuture().get(1, TimeUnit.MINUTES);
        Webhook away = new Webhook(Form.GENERIC, URI.create("http://127.0.0.1:" + port + "/hook"));
        assertThat(webhooks.tell(away, MESSAGE).get(1, TimeUnit.MINUTES)).isFalse();
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
