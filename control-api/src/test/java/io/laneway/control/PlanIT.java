package io.laneway.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.control.TestControl.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stepwise shifts under a guard, as a release tool sees them. */
class PlanIT {

    private static final String GUARDED = """
        {"lane": "G0", "steps": [{"share": "5%%", "pause": "%s"}, {"share": "20%%", "pause": "1s"}, "100%%"],
         "guard": {"window": "5m", "minSamples": 100, "errorRate": "1%%"}}
        """;

    /** For a machine that does much else; on an idle one everything here is done within a second or two. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    Path directory;

    private TestControl control;
    private long requests;

    @BeforeEach
    void start() {
        control = TestControl.start(directory);
        control.put("/v1/table", ControlApiIT.PICTURE);
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private void report(long gray, long grayErrors) {
        requests += 1;
        control.post(
                "/v1/gateways/gw/report",
                new JsonObject()
                        .put("started", "run-1")
                        .put(
                                "lanes",
                                new JsonArray()
                                        .add(totals("master", 1_000 * requests, requests))
                                        .add(totals("G0", gray, grayErrors)))
                        .encode());
    }

    private static JsonObject totals(String lane, long requests, long errors) {
        return new JsonObject()
                .put("service", "a")
                .put("lane", lane)
                .put("requested", lane)
                .put("requests", requests)
                .put("errors", errors)
                .put("latency", new JsonObject().put("5", requests));
    }

    private JsonObject plan() {
        return control.get("/v1/shifts/default/plan").json();
    }

    private String share() {
        return control.get("/v1/shifts/default")
                .json()
                .getJsonArray("environments")
                .getJsonObject(0)
                .getString("share", "0%");
    }

    @Test
    void anEnvironmentWithErrorsIsAbortedByItselfAndNobodyStaysBehind() {
        report(0, 0);
        assertThat(control.put("/v1/shifts/default/plan", GUARDED.formatted("1h"))
                        .status())
                .isEqualTo(200);
        assertThat(share()).isEqualTo("5%");
        report(0, 0);
        report(1_000, 50);

        await().atMost(PATIENCE).until(() -> plan().getString("status").equals("aborted"));
        assertThat(share()).isEqualTo("0%");
        assertThat(plan().getString("why")).contains("5.00% errors");
        JsonObject last = control.get("/v1/revisions?limit=1")
                .json()
                .getJsonArray("revisions")
                .getJsonObject(0);
        assertThat(last.getString("action")).isEqualTo("abort");
        assertThat(last.getString("why")).contains("5.00% errors");
    }

    @Test
    void tooFewRequestsHoldThePlan() {
        report(0, 0);
        control.put("/v1/shifts/default/plan", GUARDED.formatted("1s"));
        report(99, 0);
        await().atMost(PATIENCE).until(() -> plan().getString("why").contains("too few requests: 99"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(control.get("/metrics").body())
                        .contains("laneway_control_plans{shift=\"default\",state=\"held\"} 1")
                        .doesNotContain("state=\"running\""));
        await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> share().equals("5%"));
        report(500, 0);
        await().atMost(PATIENCE).until(() -> share().equals("20%"));
    }

    @Test
    void metricsHaveTheNameOfAShiftAsItWasGiven() {
        control.put("/v1/shifts/Gray.EU", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"0%\"}]}");
        assertThat(control.put("/v1/shifts/gray-eu/plan", "{\"lane\":\"G0\",\"steps\":[\"5%\",\"100%\"]}")
                        .status())
                .isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(control.get("/metrics").body())
                        .contains("laneway_control_plans{shift=\"Gray.EU\",state=\"running\"} 1"));
    }

    @Test
    void aPlanIsPausedPromotedAndFinishedByCalls() {
        String plan =
                "{\"lane\":\"G0\",\"groups\":{\"demo\":[\"d1\",\"d2\"]},\"steps\":[{\"group\":\"demo\"},\"5%\",\"100%\"]}";
        assertThat(control.put("/v1/shifts/default/plan", plan).status()).isEqualTo(200);
        assertThat(control.put("/v1/shifts/default/plan", plan).status()).isEqualTo(409);
        assertThat(control.get("/v1/shifts/default").body()).contains("\"d1\"");
        control.post("/v1/shifts/default/plan/promote", "");
        assertThat(share()).isEqualTo("5%");
        assertThat(control.post("/v1/shifts/default/plan/pause", "").json().getString("status"))
                .isEqualTo("paused");
        control.post("/v1/shifts/default/plan/promote", "");
        assertThat(share()).isEqualTo("100%");
        assertThat(control.post("/v1/shifts/default/plan/finish", "").json().getString("status"))
                .isEqualTo("finished");
        assertThat(share()).isEqualTo("0%");
        assertThat(control.get("/v1/shifts/default").body()).doesNotContain("\"d1\"");
        assertThat(control.post("/v1/shifts/default/plan/promote", "").status()).isEqualTo(409);
        assertThat(control.delete("/v1/shifts/default/plan").status()).isEqualTo(200);
        assertThat(control.get("/v1/shifts/default/plan").status()).isEqualTo(404);
        await().atMost(PATIENCE).until(() -> !control.get("/metrics").body().contains("laneway_control_plans{"));
    }

    @Test
    void aReportThatOnlyTellsOfARevisionLeavesWhatWasCounted() {
        report(0, 0);
        control.put("/v1/shifts/default/plan", GUARDED.formatted("1h"));
        report(1_000, 50);
        control.post("/v1/gateways/gw/report", "{\"started\":\"run-1\",\"revision\":2}");
        await().atMost(PATIENCE).until(() -> plan().getString("status").equals("aborted"));
        assertThat(plan().getString("why")).contains("5.00% errors");
    }

    @Test
    void movesOfAPlanTakeWhatEveryMutationTakes() {
        String plan = "{\"lane\":\"G0\",\"steps\":[\"5%\",\"30%\"]}";
        Answer dry = control.put("/v1/shifts/default/plan?dryRun=true", plan);
        assertThat(dry.json().getJsonArray("summary").encode()).contains("5%");
        assertThat(control.get("/v1/shifts/default/plan").status()).isEqualTo(404);
        assertThat(share()).isEqualTo("0%");

        String[] once = {"Idempotency-Key", "begin-1", "X-Reason", "weekly release"};
        Answer begun = control.put("/v1/shifts/default/plan?wait=applied", plan, once);
        assertThat(begun.json().getJsonObject("applied").getInteger("connected"))
                .isZero();
        Answer again = control.put("/v1/shifts/default/plan?wait=applied", plan, once);
        assertThat(again.json().getBoolean("replayed")).isTrue();
        assertThat(again.revision()).isEqualTo(begun.revision());
        assertThat(control.get("/v1/revisions/" + begun.revision()).json().getString("why"))
                .startsWith("weekly release");

        String stale = begun.etag();
        assertThat(control.post("/v1/shifts/default/plan/pause", "", "If-Match", stale)
                        .status())
                .isEqualTo(200);
        assertThat(control.post("/v1/shifts/default/plan/promote", "", "If-Match", stale)
                        .status())
                .isEqualTo(412);
        String now = control.get("/v1/shifts/default/plan").etag();
        assertThat(control.post("/v1/shifts/default/plan/promote?dryRun=true", "", "If-Match", now)
                        .json()
                        .getJsonArray("summary")
                        .encode())
                .contains("30%");
        assertThat(share()).isEqualTo("5%");
        assertThat(control.post("/v1/shifts/default/plan/promote?wait=never", "")
                        .status())
                .isEqualTo(400);
        assertThat(control.post("/v1/shifts/default/plan/promote", "", "If-Match", now)
                        .status())
                .isEqualTo(200);
        assertThat(share()).isEqualTo("30%");
        assertThat(control.delete("/v1/shifts/default/plan", "If-Match", now).status())
                .isEqualTo(412);
    }

    @Test
    void aPlanOutlivesARestartAndStopsWhenSomebodyElseChangesTheShift() {
        control.put(
                "/v1/shifts/default/plan",
                "{\"lane\":\"G0\",\"steps\":[{\"share\":\"5%\",\"pause\":\"1s\"},{\"share\":\"30%\",\"pause\":\"1h\"}]}");
        control.close();
        control = TestControl.start(directory);
        await().atMost(PATIENCE).until(() -> share().equals("30%"));
        control.put("/v1/shifts/default", "{\"environments\":[{\"lane\":\"G0\",\"share\":\"7%\"}]}");
        await().atMost(PATIENCE).until(() -> plan().getString("status").equals("paused"));
        assertThat(share()).isEqualTo("7%");
        assertThat(control.put("/v1/shifts/default/plan", "{\"lane\":\"nolane\",\"steps\":[\"5%\"]}")
                        .status())
                .isIn(409, 422);
    }

    @Test
    void aWrongPlanIsRefusedWithEveryField() {
        assertThat(control.put("/v1/shifts/default/plan", "{\"steps\":[{\"share\":\"x\"}],\"guard\":{}}")
                        .json()
                        .getJsonArray("errors"))
                .hasSize(3);
    }
}
