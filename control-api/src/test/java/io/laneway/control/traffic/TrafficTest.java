package io.laneway.control.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.gateways.ReportForm;
import io.laneway.router.document.Documents;
import io.laneway.router.document.tree.Problems;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TrafficTest {

    /** The begin of a slot. */
    private static final long NOW = 1_800_000_000_000L;

    private final Traffic traffic = new Traffic();

    private static JsonObject totals(String service, String lane, String requested, long requests, long errors) {
        return new JsonObject()
                .put("service", service)
                .put("lane", lane)
                .put("requested", requested)
                .put("requests", requests)
                .put("errors", errors)
                .put(
                        "fallbacks",
                        new JsonObject().put("unready", 0).put("absent", lane.equals(requested) ? 0 : requests))
                .put("latency", new JsonObject().put("5", requests));
    }

    private void report(String gateway, String started, long at, JsonObject... lanes) {
        JsonObject report = new JsonObject().put("started", started).put("lanes", new JsonArray(Arrays.asList(lanes)));
        report(gateway, at, report.encode());
    }

    private void report(String gateway, long at, String report) {
        Problems problems = Problems.lenient();
        GatewayReport read =
                ReportForm.read(Documents.parseJson(report.getBytes(StandardCharsets.UTF_8), problems), problems);
        assertThat(read).as(problems.toString()).isNotNull();
        traffic.reported(gateway, read, at);
    }

    private TrafficView view(long at) {
        return traffic.view(at);
    }

    private static String points(FlowSum sum) {
        String all = sum.sparkline().encode();
        return all.substring(1, all.length() - 1);
    }

    @Test
    void whatWasCountedBetweenTwoReportsIsSpreadOverTheTimeBetweenThem() {
        report("gw", "1", NOW - 5_000, totals("order", "f-1", "f-1", 100, 0));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 150, 5));

        FlowSum sum = view(NOW).asked("f-1");
        assertThat(sum.requests()).isEqualTo(50);
        assertThat(sum.errors()).isEqualTo(5);
        assertThat(points(sum)).endsWith(",0,10,20,20,0");
        assertThat(view(NOW + 4_000).asked("f-1").sparkline().encode()).endsWith(",0,10,20,20,0,0,0]");
        assertThat(view(NOW + 70_000).asked("f-1")).isEqualTo(FlowSum.NONE);
    }

    @Test
    void theFirstReportOfAGatewaySaysNothingOfTheLastMinute() {
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 1_000_000, 0));

        assertThat(view(NOW).asked("f-1").requests()).isZero();
    }

    @Test
    void aGatewayThatBeganAgainCountsFromNothing() {
        report("gw", "1", NOW - 5_000, totals("order", "f-1", "f-1", 1_000, 0));
        report("gw", "2", NOW, totals("order", "f-1", "f-1", 7, 0));
        assertThat(view(NOW).asked("f-1").requests()).isEqualTo(7);

        report("gw", "3", NOW + 600_000, totals("order", "f-1", "f-1", 9, 0));
        assertThat(view(NOW + 600_000).asked("f-1").requests()).isZero();
    }

    @Test
    void aSeriesThatAGatewayForgotAndBeganAgainCountsFromNothing() {
        report("gw", "1", NOW - 5_000, totals("order", "f-1", "f-1", 1_000, 10));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 4, 1));

        assertThat(view(NOW).asked("f-1").requests()).isEqualTo(4);
        assertThat(view(NOW).asked("f-1").errors()).isEqualTo(1);
    }

    @Test
    void aReportThatRepeatsTheCountsBeforeDoesNotSqueezeWhatComesNext() {
        report("gw", "1", NOW - 4_000, totals("order", "f-1", "f-1", 100, 0));
        report("gw", "1", NOW - 100, totals("order", "f-1", "f-1", 100, 0));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 140, 0));

        assertThat(points(view(NOW).asked("f-1"))).endsWith(",0,20,20,0");
    }

    @Test
    void whatPassedWhileAGatewayWasNotHeardIsNoneOfOneMoment() {
        report("gw", "1", NOW - 120_000, totals("order", "f-1", "f-1", 0, 0));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 600, 0));

        FlowSum sum = view(NOW).asked("f-1");
        assertThat(sum.requests()).isEqualTo(290);
        assertThat(points(sum)).startsWith("10,10,").endsWith(",10,10,0");
    }

    @Test
    void reportsThatCameEarlierOrTwiceCountOnce() {
        report("gw", "1", NOW - 5_000, totals("order", "f-1", "f-1", 100, 0));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 150, 0));
        report("gw", "1", NOW, totals("order", "f-1", "f-1", 150, 0));
        report("gw", "1", NOW - 2_000, totals("order", "f-1", "f-1", 120, 0));
        report("gw", "1", NOW + 5_000, totals("order", "f-1", "f-1", 160, 0));

        assertThat(view(NOW + 5_000).asked("f-1").requests()).isEqualTo(60);
    }

    @Test
    void whatWasAskedForIsBesideWhatWasServed() {
        report("one", "1", NOW - 5_000);
        report("two", "1", NOW - 5_000);
        report("one", "1", NOW, totals("order", "F_1", "F_1", 30, 3), totals("stock", "master", "F_1", 20, 0));
        report("two", "1", NOW, totals("order", "master", "", 50, 0), totals("stock", "master", "F_1", 10, 1));

        TrafficView now = view(NOW);
        assertThat(now.asked("f-1").requests()).isEqualTo(60);
        assertThat(now.asked("f-1").errors()).isEqualTo(4);
        assertThat(now.asked("f-1").fallbacks()).isEqualTo(30);
        assertThat(now.asked("").requests()).isEqualTo(50);
        assertThat(now.served("f-1")).isEqualTo(new Count(30, 3));
        assertThat(now.served("master")).isEqualTo(new Count(80, 1));
        assertThat(now.deployment("stock", "master")).isEqualTo(new Count(30, 1));
        assertThat(now.service("order").requests()).isEqualTo(80);
        assertThat(now.asked("f-1").times(new JsonObject()))
                .isEqualTo(new JsonObject().put("p50", 4.0).put("p99", 4.98));
    }

    @Test
    void ofAnOlderGatewayTheLaneThatServedSaysWhatFellBack() {
        JsonObject old = totals("order", "master", "f-1", 12, 0);
        old.remove("fallbacks");
        report("old", "1", NOW - 5_000);
        report("old", "1", NOW, old);

        assertThat(view(NOW).asked("f-1").fallbacks()).isEqualTo(12);
    }

    @Test
    void lanesThatAGatewayDoesNotCountApartCountByWhatAskedForThem() {
        String others = "\"others\":{\"f-9\":{\"requests\":%d,\"errors\":1}},";
        JsonObject before = totals("order", "f-9", "__other__", 100, 0);
        JsonObject after = totals("order", "f-9", "__other__", 130, 1);
        report(
                "gw",
                NOW - 5_000,
                "{\"started\":\"1\"," + others.formatted(70) + "\"lanes\":[" + before.encode() + "]}");
        report("gw", NOW, "{\"started\":\"1\"," + others.formatted(90) + "\"lanes\":[" + after.encode() + "]}");

        TrafficView now = view(NOW);
        assertThat(now.asked("f-9").requests()).isEqualTo(20);
        assertThat(now.served("f-9").requests()).isEqualTo(30);
        assertThat(now.service("order").requests()).isEqualTo(30);
        assertThat(now.services()).containsOnlyKeys("order");
    }

    @Test
    void theNewestPointsMayGrowUntilEachGatewayHasReported() {
        report("one", "1", NOW - 5_000);
        report("two", "1", NOW);
        assertThat(view(NOW).settling()).isEqualTo(4);

        report("one", "1", NOW + 1_000);
        assertThat(view(NOW + 1_000).settling()).isEqualTo(1);
        assertThat(view(NOW + 60_000).settling()).as("none is waited for").isEqualTo(1);
    }

    @Test
    void manyLanesTakeBoundedMemoryAndNoneOfTheirRequestsIsLost() {
        int lanes = 6_000;
        int services = 10;
        JsonObject[] many = new JsonObject[lanes * services];
        for (int i = 0; i < many.length; i++) {
            many[i] = totals("s-" + i % services, "f-" + i / services, "f-" + i / services, 1, 0);
        }
        report("gw", "1", NOW - 5_000);
        report("gw", "1", NOW, many);

        assertThat(traffic.size()).isLessThanOrEqualTo(32_768 + 6_000);
        TrafficView now = view(NOW);
        assertThat(now.asked()).hasSize(lanes);
        assertThat(now.asked().values()).allMatch(sum -> sum.requests() == services);
        view(NOW + 120_000);
        assertThat(traffic.size()).isZero();
    }
}
