package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.auth.Role;
import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.webhook.Webhook;
import io.laneway.control.webhook.Webhook.Form;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lanes from their making to their end, with days that pass in no time. */
class LaneLifeIT {

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private final Map<String, String> told = new ConcurrentHashMap<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final Vertx vertx = Vertx.vertx();
    private final FoundLanes found = new FoundLanes();
    private TestControl control;

    /** A discovery that finds whatever lanes a test says, with one service in each. */
    private static final class FoundLanes implements DeploymentSource {
        private volatile Consumer<Overlay> listener = overlay -> {};

        @Override
        public String name() {
            return "found";
        }

        @Override
        public void start(Consumer<Overlay> overlays) {
            listener = overlays;
        }

        void says(String... lanes) {
            List<Deployment> deployments = Arrays.stream(lanes)
                    .map(lane -> Deployment.of(lane, Protocol.AUTO, List.of(Endpoint.at("10.0.0.1:80"))))
                    .toList();
            listener.accept(new Overlay(
                    Arrays.stream(lanes).map(Lane::named).toList(),
                    List.of(new Service(ServiceId.of("a"), List.of(), null, deployments, Policy.DEFAULT))));
        }

        @Override
        public void close() {
            listener = overlay -> {};
        }
    }

    @BeforeEach
    void start() throws Exception {
        HttpServer hooks = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    told.put(request.path(), body.toString());
                    if (request.path().equals("/GENERIC")) {
                        all.add(body.toString());
                    }
                    request.response().end();
                }))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
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
        control = TestControl.start(
                ControlConfig.in(directory, 0).with(life).with(clock).with(List.of(found), List.of()));
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
        await().atMost(Duration.ofMinutes(1)).until(() -> state(lane).equals(state));
    }

    private void used(String lane, long total) {
        control.post(
                "/v1/gateways/gw/report",
                "{\"started\":\"1\",\"lanes\":[{\"service\":\"a\",\"lane\":\"master\",\"requested\":\"" + lane
                        + "\",\"requests\":" + total + "}]}");
    }

    @Test
    void anIdleLaneThatOnlyDiscoveryKnowsExpiresAndLivesAgainWhenItIsUsed() {
        found.says("seen", "busy", "G0");
        becomes("seen", "active");
        used("busy", 1);
        clock.pass(Duration.ofDays(6).plusMinutes(1));
        used("busy", 2);
        // written by the thread that sweeps: no sweep is under way that began before
        await().until(() -> control.api().store().side().laneUse().get("busy").at() == clock.millis());
        found.says("seen", "busy", "G0");
        becomes("seen", "expiring");
        await().atMost(Duration.ofSeconds(60)).until(() -> all.stream().anyMatch(message -> message.contains("seen")));
        clock.pass(Duration.ofDays(1));
        found.says("seen", "busy", "G0");
        becomes("seen", "expired");
        assertThat(control.api().editor().published().lanes())
                .filteredOn(lane -> lane.state() == LaneState.EXPIRED)
                .extracting(Lane::name)
                .contains("seen")
                .doesNotContain("busy", "G0");

        used("seen", 1);
        becomes("seen", "active");
        clock.pass(Duration.ofDays(8));
        found.says("seen", "busy");
        becomes("seen", "expired");
        found.says("busy");
        becomes("seen", "deleted");
        found.says("seen");
        becomes("seen", "active");
    }

    @Test
    void anIdleLaneIsWarnedOfThenExpiresThenIsDeletedAndItsOwnerIsTold() {
        control.put("/v1/lanes/old", "{\"ttl\":\"7d\"}");
        clock.pass(Duration.ofDays(5));
        assertThat(control.post("/v1/lanes/sweep?dryRun=true", "").json().getJsonArray("steps"))
                .isEmpty();
        clock.pass(Duration.ofDays(1).plusMinutes(1));
        becomes("old", "expiring");
        await().atMost(Duration.ofMinutes(1)).until(() -> told.size() == Form.values().length);
        assertThat(new JsonObject(told.get("/GENERIC")).getString("renew"))
                .startsWith("http://laneway.example.com/v1/renewals/old?ends=");
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
    void theLinkThatAnOwnerIsSentRenewsOnceAndOnlyWhenItsButtonIsPressed() {
        control.put("/v1/lanes/old", "{\"ttl\":\"7d\"}");
        control.put("/v1/lanes/other", "{\"ttl\":\"7d\",\"description\":\"<b>\"}");
        control.api().tokens().make("ada", Role.ADMIN, "", null);
        control.api().parts().authenticator().refresh();
        clock.pass(Duration.ofDays(6).plusMinutes(1));
        await().atMost(Duration.ofMinutes(1)).until(() -> sent("old") != null && sent("other") != null);
        String link = sent("old").substring("http://laneway.example.com".length());
        int revisions = control.api()
                .parts()
                .store()
                .history()
                .newest(Long.MAX_VALUE, 99)
                .size();

        TestControl.Answer page = control.get(link);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("content-type").orElseThrow()).startsWith("text/html");
        assertThat(page.body()).contains("<form method=\"post\">", "old");
        assertThat(control.get(link).status()).as("reading renews nothing").isEqualTo(200);
        assertThat(control.api().parts().store().history().newest(Long.MAX_VALUE, 99))
                .hasSize(revisions);
        assertThat(control.post(link.replace("/old?", "/other?"), "").status()).isEqualTo(404);
        assertThat(control.post(link.replace("ends=1", "ends=2"), "").status()).isEqualTo(404);

        assertThat(control.post(link, "").status()).isEqualTo(200);
        Lane old = control.api().parts().editor().state().objects().lane("old");
        assertThat(old.state()).isEqualTo(LaneState.ACTIVE);
        assertThat(control.api().parts().store().history().newest(Long.MAX_VALUE, 1))
                .first()
                .satisfies(row -> assertThat(row.who()).isEqualTo("renew link"));
        assertThat(control.post(link, "").status()).as("once").isEqualTo(410);
        assertThat(control.get(link).status()).isEqualTo(410);
    }

    private String sent(String lane) {
        return all.stream()
                .map(JsonObject::new)
                .filter(message -> lane.equals(message.getString("lane")))
                .map(message -> message.getString("renew"))
                .findFirst()
                .orElse(null);
    }

    @Test
    void documentsOfSeveralObjectsSayTimesToLiveToo() {
        assertThat(control.post("/v1/apply", "{\"lanes\":[{\"name\":\"a-1\",\"ttl\":\"2d\"},{\"name\":\"a-2\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(control.get("/v1/lanes/a-1").json().getString("ttl")).isEqualTo("2d");
        JsonObject table = control.get("/v1/table").json();
        table.getJsonArray("lanes").add(new JsonObject().put("name", "t-1").put("ttl", "3d"));
        assertThat(control.put("/v1/table", table.encode()).status()).isEqualTo(200);
        assertThat(control.get("/v1/lanes/t-1").json().getString("ttl")).isEqualTo("3d");
        assertThat(control.get("/v1/lanes/a-1").json().getString("ttl")).isEqualTo("2d");
        TestControl.Answer wrong = control.post("/v1/apply", "{\"lanes\":[{\"name\":\"a-3\",\"ttl\":\"soon\"}]}");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.body()).contains("/lanes/0/ttl");
        clock.pass(Duration.ofDays(2).plusMinutes(1));
        becomes("a-1", "expired");
        assertThat(state("t-1")).isEqualTo("active");
    }

    @Test
    void aReportThatOnlyTellsOfARevisionIsNoUse() {
        control.put("/v1/lanes/quiet", "{\"ttl\":\"7d\"}");
        used("quiet", 5);
        clock.pass(Duration.ofDays(5));
        control.post("/v1/gateways/gw/report", "{\"started\":\"1\",\"revision\":2}");
        used("quiet", 5);
        control.post(
                "/v1/gateways/gw/report",
                "{\"started\":\"1\",\"lanes\":[{\"service\":\"a\",\"lane\":\"master\",\"requested\":\"quiet\","
                        + "\"requests\":5},{\"service\":\"a\",\"lane\":\"master\",\"requested\":\"__other__\",\"requests\":9}],"
                        + "\"used\":[\"f-1\"]}");
        clock.pass(Duration.ofDays(3));
        becomes("quiet", "expired");
        assertThat(control.get("/v1/lanes/f-1").json().getString("lastUsed")).startsWith("2026-11-06");
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
