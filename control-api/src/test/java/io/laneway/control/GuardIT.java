package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.lane.LaneLifeConfig;
import io.laneway.control.webhook.Webhook;
import io.laneway.control.webhook.Webhook.Form;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard seen from outside: what it shows, what it asks of Prometheus, and who is told of a plan's moves. */
class GuardIT {

    private static final String PLAN = """
        {"lane": "G0", "steps": [{"share": "5%", "pause": "1h"}, "100%"],
         "guard": {"window": "5m", "minSamples": 100, "errorRate": "1%",
                   "prometheus": [{"query": "sum(errors{lane=\\"G0\\"})", "max": 0.5}]}}
        """;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Queue<JsonObject> told = new ConcurrentLinkedQueue<>();
    private final Queue<String> queries = new ConcurrentLinkedQueue<>();
    private volatile String value = "0.1";
    private TestControl control;

    @BeforeEach
    void start() throws Exception {
        HttpServer server = vertx.createHttpServer()
                .requestHandler(request -> {
                    if (request.path().equals("/hook")) {
                        request.body().onSuccess(body -> told.add(body.toJsonObject()));
                        request.response().end();
                    } else {
                        queries.add(request.getParam("query"));
                        request.response().end(answer());
                    }
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(60, TimeUnit.SECONDS);
        URI here = URI.create("http://127.0.0.1:" + server.actualPort());
        LaneLifeConfig usual = LaneLifeConfig.DEFAULT;
        LaneLifeConfig life = new LaneLifeConfig(
                usual.warnAfter(),
                usual.expireAfter(),
                usual.deleteAfter(),
                usual.idle(),
                usual.every(),
                null,
                List.of(new Webhook(Form.GENERIC, here.resolve("/hook"))));
        control = TestControl.start(ControlConfig.in(directory, 0).with(life).with(here));
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
        vertx.close();
    }

    private String answer() {
        JsonObject sample =
                new JsonObject().put("value", new JsonArray().add(1.5).add(value));
        return new JsonObject()
                .put("status", "success")
                .put("data", new JsonObject().put("resultType", "vector").put("result", new JsonArray().add(sample)))
                .encode();
    }

    private JsonObject plan() {
        return control.get("/v1/shifts/default/plan").json();
    }

    private void report(long base, long gray, long errors) {
        JsonArray lanes = new JsonArray();
        for (String service : List.of("a", "b", "c")) {
            lanes.add(totals(service, "", base, base / 100)).add(totals(service, "G0", gray, errors));
        }
        control.post(
                "/v1/gateways/gw/report",
                new JsonObject().put("started", "run-1").put("lanes", lanes).encode());
    }

    private static JsonObject totals(String service, String requested, long requests, long errors) {
        return new JsonObject()
                .put("service", service)
                .put("lane", requested.isEmpty() ? "master" : requested)
                .put("requested", requested)
                .put("requests", requests)
                .put("errors", errors)
                .put("fallbacks", new JsonObject().put("unready", 0).put("absent", 0))
                .put("latency", new JsonObject().put("5", requests));
    }

    @Test
    void thePlanShowsEachServiceAndWebhooksHearOfItsMoves() {
        report(0, 0, 0);
        assertThat(control.put("/v1/shifts/default/plan", PLAN).status()).isEqualTo(200);
        report(1_000, 500, 5);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> plan().getJsonObject("verdict", new JsonObject())
                        .getString("verdict", "")
                        .equals("fine"));
        JsonObject verdict = plan().getJsonObject("verdict");
        JsonObject first = verdict.getJsonArray("services").getJsonObject(0);
        assertThat(first.getJsonObject("environment").getLong("errors")).isEqualTo(5);
        assertThat(first.getJsonObject("base").getLong("requests")).isEqualTo(1_000);
        assertThat(first.getJsonObject("p").getDouble("errors")).isBetween(0.3, 1.0);
        assertThat(verdict.getJsonArray("prometheus").getJsonObject(0).getDouble("value"))
                .isEqualTo(0.1);
        assertThat(queries).containsOnly("sum(errors{lane=\"G0\"})");

        control.post("/v1/shifts/default/plan/pause", "", "X-Reason", "lunch");
        control.post("/v1/shifts/default/plan/promote", "");
        control.post("/v1/shifts/default/plan/abort", "");
        await().atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> assertThat(told).hasSize(4));
        assertThat(told)
                .extracting(one -> one.getString("event") + " " + one.getInteger("step"))
                .containsExactlyInAnyOrder("plan-running 1", "plan-paused 1", "plan-running 2", "plan-aborted 2");
        assertThat(told)
                .filteredOn(one -> one.getString("event").equals("plan-paused"))
                .extracting(one -> one.getString("text"))
                .containsExactly("Plan of shift default for lane G0 is paused at step 1 of 2, by anonymous."
                        + " paused by anonymous: lunch");
    }

    @Test
    void theCurvesOfAPlanBeginWithItAndAreOfTheNextOneAfterIt() {
        assertThat(control.get("/v1/shifts/default/plan/curves").status())
                .as("without a plan")
                .isEqualTo(404);
        report(0, 0, 0);
        control.put("/v1/shifts/default/plan", PLAN);
        report(1_000, 500, 5);
        await().atMost(Duration.ofMinutes(1)).until(() -> !Double.isNaN(last("errorRate")));
        JsonObject curves = curves();
        assertThat(curves.getJsonArray("services").stream().map(one -> ((JsonObject) one).getString("service")))
                .containsExactly("a", "b", "c");
        for (String values : List.of("errorRate", "baseErrorRate", "p99", "baseP99")) {
            assertThat(curves.getJsonArray("services").getJsonObject(2).getJsonArray(values))
                    .as(values)
                    .hasSameSizeAs(curves.getJsonArray("times"));
        }
        assertThat(last("errorRate")).isEqualTo(0.01);
        assertThat(last("baseErrorRate")).isEqualTo(0.01);
        assertThat(last("p99")).isEqualTo(last("baseP99")).isPositive();
        String first = curves.getJsonArray("times").getString(0);

        control.post("/v1/shifts/default/plan/abort", "");
        assertThat(curves().getJsonArray("times").getString(0)).isEqualTo(first);
        control.put("/v1/shifts/default/plan", PLAN);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !curves().getJsonArray("times").isEmpty());
        assertThat(curves().getJsonArray("times").getString(0)).isGreaterThan(first);
        assertThat(curves().getJsonArray("services").encode()).doesNotContain("0.01");
        assertThat(control.get("/v1/shifts/default/plan/curves?since=1").status())
                .isEqualTo(400);
    }

    private JsonObject curves() {
        return control.get("/v1/shifts/default/plan/curves").json();
    }

    /** The newest value of the curve of service c; NaN where there is none. */
    private double last(String values) {
        JsonArray services = curves().getJsonArray("services");
        JsonArray all =
                services.isEmpty() ? new JsonArray() : services.getJsonObject(2).getJsonArray(values);
        Object newest = all.isEmpty() ? null : all.getValue(all.size() - 1);
        return newest instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    @Test
    void aQueryAboveItsBoundAbortsAndOneWithoutAnswerHolds() {
        value = "NaN";
        report(0, 0, 0);
        control.put("/v1/shifts/default/plan", PLAN);
        report(1_000, 500, 5);
        await().atMost(Duration.ofMinutes(1))
                .until(() -> plan().getString("why").contains("no value"));
        assertThat(plan().getString("status")).isEqualTo("running");
        value = "0.7";
        await().atMost(Duration.ofMinutes(1))
                .until(() -> plan().getString("status").equals("aborted"));
        assertThat(plan().getString("why")).contains("is 0.7 (expected: at most 0.5)");
    }
}
