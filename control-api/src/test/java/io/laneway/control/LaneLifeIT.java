package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.lane.LaneLifeConfig.Form;
import io.laneway.control.lane.LaneLifeConfig.Webhook;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes from their making to their end, with days that pass in no time. */
class LaneLifeIT {

    @TempDir
    Path directory;

    private final Days clock = new Days();
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final Vertx vertx = Vertx.vertx();
    private TestControl control;

    /** A clock that a test moves. */
    private static final class Days extends Clock {
        private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));

        void pass(Duration time) {
            now.updateAndGet(instant -> instant.plus(time));
        }

        @Override
        public Instant instant() {
            return now.get();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    @BeforeEach
    void start() throws Exception {
        HttpServer hooks = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.put(request.path(), body.toString());
                    request.response().end();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS);
        List<Webhook> webhooks = new ArrayList<>();
        for (Form form : Form.values()) {
            webhooks.add(new Webhook(form, URI.create("http://127.0.0.1:" + hooks.actualPort() + "/" + form)));
        }
        LaneLifeConfig life = new LaneLifeConfig(
                Duration.ofDays(6),
                Duration.ofDays(7),
                Duration.ofDays(7),
                true,
                Duration.ofMillis(50),
                URI.create("http://laneway.example.com"),
                webhooks);
        control = TestControl.start(ControlConfig.in(directory, 0).with(life, clock));
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
        vertx.close();
    }

    private String state(String lane) {
        TestControl.Answer answer = control.get("/v1/lanes/" + lane);
        return answer.status() == 404 ? "deleted" : answer.json().getString("state", "active");
    }

    private void becomes(String lane, String state) {
        await().atMost(Duration.ofSeconds(10)).until(() -> state(lane).equals(state));
    }

    private void used(String lane, long total) {
        control.post(
                "/v1/gateways/gw/report",
                "{\"started\":\"1\",\"lanes\":[{\"service\":\"a\",\"lane\":\"master\",\"requested\":\"" + lane
                        + "\",\"requests\":" + total + "}]}");
    }

    @Test
    void anIdleLaneIsWarnedOfThenExpiresThenIsDeletedAndItsOwnerIsTold() {
        control.put("/v1/lanes/old", "{\"ttl\":\"7d\"}");
        clock.pass(Duration.ofDays(5));
        assertThat(control.post("/v1/lanes/sweep?dryRun=true", "").json().getJsonArray("steps"))
                .isEmpty();
        clock.pass(Duration.ofDays(1).plusMinutes(1));
        becomes("old", "expiring");
        await().atMost(Duration.ofSeconds(5)).until(() -> told.size() == Form.values().length);
        assertThat(new JsonObject(told.get("/GENERIC")).getString("renew"))
                .isEqualTo("http://laneway.example.com/v1/lanes/old/renew");
        assertThat(new JsonObject(told.get("/DINGTALK")).getJsonObject("text").getString("content"))
                .contains("old");
        assertThat(new JsonObject(told.get("/FEISHU")).getString("msg_type")).isEqualTo("text");
        assertThat(new JsonObject(told.get("/SLACK")).getString("text")).contains("Renew:");
        clock.pass(Duration.ofDays(1));
        becomes("old", "expired");
        clock.pass(Duration.ofDays(7));
        becomes("old", "deleted");
        assertThat(control.get("/v1/revisions?limit=1").body())
                .contains("deleted")
                .contains("laneway");
    }

    @Test
    void trafficKeepsALaneAndMakesNoRevisions() {
        control.put("/v1/lanes/busy", "{\"ttl\":\"7d\"}");
        control.put("/v1/lanes/quiet", "{\"ttl\":\"7d\"}");
        long revision = control.get("/v1/table").revision();
        clock.pass(Duration.ofDays(5));
        used("busy", 1);
        used("busy", 2);
        assertThat(control.get("/v1/table").revision()).isEqualTo(revision);
        clock.pass(Duration.ofDays(3));
        becomes("quiet", "expired");
        assertThat(state("busy")).isEqualTo("active");
    }

    @Test
    void aRenewalMakesAnExpiredLaneActiveAgain() {
        control.put("/v1/lanes/back", "{\"ttl\":\"2d\"}");
        clock.pass(Duration.ofDays(3));
        becomes("back", "expired");
        assertThat(control.post("/v1/lanes/back/renew", "").status()).isEqualTo(200);
        assertThat(state("back")).isEqualTo("active");
        assertThat(control.post("/v1/lanes/nobody/renew", "").status()).isEqualTo(404);
    }

    @Test
    void baseParentsEnvironmentsAndKeptLanesNeverEnd() {
        control.put("/v1/lanes/parent", "{\"ttl\":\"1d\"}");
        control.put("/v1/lanes/child", "{\"ttl\":\"1d\",\"parent\":\"parent\"}");
        control.put("/v1/lanes/kept", "{\"ttl\":\"1d\",\"keep\":true}");
        control.put("/v1/lanes/G0", "{\"ttl\":\"1d\"}");
        used("f-1", 1);
        clock.pass(Duration.ofDays(2));
        becomes("child", "expired");
        assertThat(List.of(state("parent"), state("kept"), state("G0"))).containsOnly("active");
    }

    @Test
    void aNamedTimeHoldsWhateverTraffic() {
        control.put("/v1/lanes/dated", "{\"expiresAt\":\"2026-11-03T00:00:00Z\"}");
        clock.pass(Duration.ofDays(2).minusMinutes(1));
        used("dated", 1);
        clock.pass(Duration.ofMinutes(2));
        becomes("dated", "expired");
    }
}
