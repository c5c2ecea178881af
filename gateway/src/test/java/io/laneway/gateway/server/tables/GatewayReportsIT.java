package io.laneway.gateway.server.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.telemetry.metrics.AskedTotals;
import io.laneway.gateway.telemetry.metrics.LaneCounts;
import io.laneway.gateway.telemetry.metrics.LaneTotals;
import io.laneway.gateway.telemetry.metrics.RecordingTotals;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a gateway reports, as a control API gets it. */
class GatewayReportsIT {

    private static final LaneTotals TOTAL = new LaneTotals("order", "f-1", "f-1", 3, 1, 0, 0, Map.of("5", 3L));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void theFirstReportHasAllCountsAndOneOfARevisionHasNone() throws Exception {
        FakeControl control = new FakeControl(vertx);
        ControlClient client = new ControlClient(
                vertx, new TableConfig.Control(control.uri(), null), new ControlClient.Self("gw 1", "0.1"));
        LaneCounts counts = new LaneCounts(
                () -> List.of(TOTAL),
                () -> Map.of("f-9", new AskedTotals(7, 2)),
                () -> Set.of("f-9"),
                Map::of,
                List::of,
                () -> List.of(new RecordingTotals("rec", true, 9, 6, Map.of("behind", 2L))),
                () -> 5);
        TableStatus status = new TableStatus(
                TableStatus.Origin.NONE, FollowedTable.NOTHING, null, true, "", null, List.of(), List.of());
        try (GatewayReports reports = new GatewayReports(
                vertx,
                client,
                new GatewayReports.Content("a:1", () -> status, () -> counts, List::of, List.of(), shares -> {}))) {
            reports.changed();
            await().until(() -> !control.reports.isEmpty());
            JsonObject first = control.reports.get(0);
            assertThat(first.getJsonArray("lanes").getJsonObject(0).getInteger("requests"))
                    .isEqualTo(3);
            assertThat(first.getLong("shed")).isEqualTo(5);
            assertThat(first.getJsonObject("others"))
                    .isEqualTo(new JsonObject()
                            .put("f-9", new JsonObject().put("requests", 7).put("errors", 2)));
            assertThat(first.getJsonArray("recordings"))
                    .isEqualTo(new JsonArray(
                            "[{'recording': 'rec', 'open': true, 'matched': 9, 'kept': 6, 'dropped': {'behind': 2}}]"
                                    .replace('\'', '"')));
            assertThat(first.getJsonArray("used")).isEqualTo(new JsonArray().add("f-9"));

            // The timer of five seconds adds counts to the next report, also while this test waits.
            await().until(() -> {
                reports.changed();
                return control.reports.stream()
                        .skip(1)
                        .anyMatch(report -> !report.containsKey("lanes") && !report.containsKey("others"));
            });
        }
        client.close();
    }

    /** Six reports, one after the other, have five pauses between them: 50, 100, 200, 400 and 400 ms. */
    @Test
    void manyChangesAreReportedTogether() throws Exception {
        FakeControl control = new FakeControl(vertx);
        ControlClient client = new ControlClient(
                vertx, new TableConfig.Control(control.uri(), null), new ControlClient.Self("gw 1", "0.1"));
        try (GatewayReports reports = new GatewayReports(
                vertx,
                client,
                new GatewayReports.Content(
                        "a:1", () -> TableStatus.FIRST, () -> LaneCounts.NOTHING, List::of, List.of(), shares -> {}))) {
            long start = System.nanoTime();
            await().pollInterval(Duration.ofMillis(1)).until(() -> {
                reports.changed();
                return control.reports.size() >= 6;
            });
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(1_100));
        }
        client.close();
    }
}
