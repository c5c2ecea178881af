package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.FakeExchange;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.testkit.Scrape;
import io.laneway.router.decision.Reason;
import io.laneway.router.text.Slice;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RequestMetricsTest {

    private final Set<String> goneLanes = new HashSet<>();
    private final Set<String> goneServices = new HashSet<>();
    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final KnownNames known = new KnownNames() {
        @Override
        public boolean service(String service) {
            return !goneServices.contains(service);
        }

        @Override
        public boolean lane(String lane) {
            return !goneLanes.contains(lane);
        }
    };
    private final RequestMetrics metrics = new RequestMetrics(known, clock::get, 3, 8, RequestMetrics.LINES);
    private final ExchangeObserver one = metrics.loop(Runnable::run);
    private final ExchangeObserver two = metrics.loop(Runnable::run);

    private String scrape() {
        return Scrape.of(metrics);
    }

    private FakeExchange exchange(String service, String lane, String requested, Reason reason) {
        FakeExchange exchange = new FakeExchange().lanes(service, lane, requested, reason);
        exchange.started = clock.get();
        return exchange;
    }

    @Test
    void tellsTheTenantsOfTheLastHourFromAllLoops() {
        one.tenants().add("s", Slice.of("b"));
        two.tenants().add("s", Slice.of("a"));
        assertThat(metrics.counts().tenants().get()).isEqualTo(Map.of("s", List.of("a", "b")));

        clock.addAndGet(Duration.ofMinutes(59).toMillis());
        two.tenants().add("t", Slice.of("a"));
        two.tenants().add("s", Slice.of("a"));
        assertThat(metrics.tenants()).isEqualTo(Map.of("s", List.of("a", "b"), "t", List.of("a")));

        clock.addAndGet(Duration.ofMinutes(2).toMillis());
        assertThat(metrics.tenants()).isEqualTo(Map.of("s", List.of("a"), "t", List.of("a")));
    }

    @Test
    void addsUpWhatTheLoopsCounted() {
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE).status(503));
        two.finished(exchange("order", "f-1", "f-1", Reason.LANE));

        assertThat(scrape())
                .contains(
                        "laneway_requests_total{code=\"2xx\",decision=\"lane\",lane=\"f-1\",requested=\"f-1\",service=\"order\"}"
                                + " 2.0\n",
                        "laneway_requests_total{code=\"5xx\",decision=\"lane\",lane=\"f-1\",requested=\"f-1\",service=\"order\"}"
                                + " 1.0\n",
                        "laneway_request_duration_seconds_count{lane=\"f-1\",service=\"order\"} 3\n",
                        "laneway_request_duration_seconds_bucket{lane=\"f-1\",service=\"order\",le=\"0.01\"} 0\n",
                        "laneway_request_duration_seconds_bucket{lane=\"f-1\",service=\"order\",le=\"0.015\"} 3\n",
                        "laneway_request_duration_seconds_bucket{lane=\"f-1\",service=\"order\",le=\"+Inf\"} 3\n",
                        "laneway_request_duration_seconds_sum{lane=\"f-1\",service=\"order\"} 0.037037034\n");
    }

    @Test
    void countsRequestsThatGotNoResponse() {
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE).status(0));

        assertThat(scrape())
                .contains(
                        "laneway_requests_total{code=\"none\",decision=\"lane\",lane=\"f-1\",requested=\"f-1\",service=\"order\"} 1.0\n");
    }

    @Test
    void tellsFallbacksByTheLaneThatWasAskedFor() {
        one.finished(exchange("order", "master", "f-2", Reason.FALLBACK_ABSENT));
        one.finished(exchange("order", "master", "f-2", Reason.FALLBACK_ABSENT).status(404));
        one.finished(exchange("order", "master", null, Reason.LANE_UNKNOWN));

        assertThat(scrape())
                .contains(
                        "laneway_lane_fallbacks_total{lane=\"f-2\",reason=\"fallback_absent\",service=\"order\"} 2.0\n",
                        "laneway_lane_fallbacks_total{lane=\"__unknown__\",reason=\"lane_unknown\",service=\"order\"}"
                                + " 1.0\n");
    }

    @Test
    void countsLanesBeyondTheLimitAsOther() {
        for (String lane : new String[] {"a", "b", "c", "d", "e"}) {
            one.finished(exchange("order", "master", lane, Reason.FALLBACK_ABSENT));
        }

        assertThat(scrape())
                .contains("requested=\"a\"", "requested=\"c\"", "lane=\"master\",requested=\"__other__\"")
                .contains("lane=\"__other__\",reason=\"fallback_absent\",service=\"order\"} 2.0\n")
                .doesNotContain("requested=\"d\"", "requested=\"e\"");
    }

    @Test
    void countsOfEachLaneBeyondTheLimitHowManyAskedForIt() {
        for (String lane : new String[] {"a", "b", "c", "d", "e", "d", ""}) {
            one.finished(exchange("order", "master", lane, Reason.FALLBACK_ABSENT));
        }
        two.finished(exchange("order", "d", "d", Reason.LANE).status(503));
        FakeExchange unavailable = exchange("order", "d", "d", Reason.LANE);
        unavailable.grpcStatus = 14;
        two.finished(unavailable);

        assertThat(metrics.counts().others().get())
                .isEqualTo(Map.of("d", new AskedTotals(4, 2), "e", new AskedTotals(1, 0)));
        goneLanes.add("d");
        assertThat(metrics.counts().others().get()).containsOnlyKeys("e");
    }

    @Test
    void aLaneLongUnusedMakesRoomForANewOne() {
        one.finished(exchange("order", "master", "a", Reason.FALLBACK_ABSENT));
        one.finished(exchange("order", "master", "b", Reason.FALLBACK_ABSENT));
        one.finished(exchange("order", "master", "c", Reason.FALLBACK_ABSENT));
        clock.addAndGet(RequestedLanes.REST_MILLIS + 1);
        one.finished(exchange("order", "master", "a", Reason.FALLBACK_ABSENT));
        scrape();

        one.finished(exchange("order", "master", "d", Reason.FALLBACK_ABSENT));

        assertThat(scrape()).contains("requested=\"a\"", "requested=\"d\"").doesNotContain("requested=\"b\"");
    }

    @Test
    void aLanesSeriesGoWhenTheLaneGoes() {
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));
        one.finished(exchange("order", "master", "", Reason.BASE));
        one.deployment("order", "f-1").idleConnections.increment();
        goneLanes.add("f-1");

        assertThat(scrape()).doesNotContain("f-1").contains("lane=\"master\"");

        goneLanes.clear();
        assertThat(scrape()).as("forgotten, not hidden").doesNotContain("f-1");
    }

    @Test
    void aServicesSeriesGoWhenTheServiceGoes() {
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));
        one.finished(exchange("__none__", "", "", Reason.NO_ROUTE).status(404));
        goneServices.add("order");
        goneServices.add("__none__");

        assertThat(scrape()).doesNotContain("order").contains("service=\"__none__\"");
    }

    @Test
    void aDeploymentStillInUseKeepsItsCountersUntilItIsNot() {
        DeploymentStats stats = one.deployment("order", "f-1");
        stats.activeRequests.increment();
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));
        goneLanes.add("f-1");
        scrape();

        assertThat(one.deployment("order", "f-1")).isSameAs(stats);
    }

    @Test
    void neverKeepsMoreSeriesThanTheCap() {
        for (int i = 0; i < 20; i++) {
            one.finished(exchange("s" + i, "master", "", Reason.BASE));
        }

        assertThat(scrape())
                .contains("laneway_metrics_dropped_total 12.0\n")
                .contains("laneway_requests_total{code=\"2xx\",decision=\"\",lane=\"__other__\","
                        + "requested=\"__other__\",service=\"__other__\"} 12.0\n");
    }

    @Test
    void sumsUpDeploymentsAndListeners() {
        one.deployment("order", "f-1").activeRequests.add(2);
        two.deployment("order", "f-1").activeRequests.increment();
        two.deployment("order", "f-1").busyConnections.increment();
        one.listener("edge").accepted.add(5);
        one.listener("edge").offence(Offence.MALFORMED);

        assertThat(metrics.activeRequests()).isEqualTo(3);
        assertThat(scrape())
                .contains(
                        "laneway_upstream_requests_active{lane=\"f-1\",service=\"order\"} 3.0\n",
                        "laneway_upstream_connections{lane=\"f-1\",service=\"order\",state=\"active\"} 1.0\n",
                        "laneway_downstream_connections_accepted_total{listener=\"edge\"} 5.0\n",
                        "laneway_downstream_offences_total{kind=\"malformed\",listener=\"edge\"} 1.0\n");
    }

    @Test
    void namesAreTheSameWhicheverStringSpellsThem() {
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));
        one.finished(exchange(new String("order"), new String("f-1"), new String("f-1"), Reason.LANE));

        assertThat(scrape())
                .contains("{code=\"2xx\",decision=\"lane\",lane=\"f-1\",requested=\"f-1\",service=\"order\"} 2.0\n");
    }

    @Test
    void whatFellBackIsToldApartByWhy() {
        one.finished(exchange("order", "master", "f-1", Reason.FALLBACK_UNREADY));
        one.finished(exchange("order", "master", "f-1", Reason.FALLBACK_UNREADY));
        two.finished(exchange("order", "master", "f-1", Reason.FALLBACK_ABSENT));
        one.finished(exchange("order", "f-1", "f-1", Reason.LANE));

        assertThat(metrics.totals())
                .extracting(
                        total -> total.lane() + " " + total.requests() + " " + total.unready() + " " + total.absent())
                .containsExactlyInAnyOrder("master 3 2 1", "f-1 1 0 0");
    }

    @Test
    void lanesThatAreCountedTogetherAreStillToldOfOnce() {
        for (String lane : Set.of("a", "b", "c", "d", "e")) {
            one.finished(exchange("order", "master", lane, Reason.FALLBACK_ABSENT));
        }
        Set<String> told = new HashSet<>(metrics.counts().used().get());
        metrics.totals().forEach(total -> told.add(total.requested()));
        assertThat(told).contains("a", "b", "c", "d", "e");
        assertThat(metrics.counts().used().get()).isEmpty();
    }
}
