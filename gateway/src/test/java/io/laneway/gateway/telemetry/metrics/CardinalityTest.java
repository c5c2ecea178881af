package io.laneway.gateway.telemetry.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.ExchangeObserver;
import io.laneway.gateway.runtime.record.FakeExchange;
import io.laneway.gateway.testkit.Scrape;
import io.laneway.router.decision.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What a scrape has, and costs, with far more deployments in use than any reader wants to keep. */
class CardinalityTest {

    private static final int DEPLOYMENTS = 10_000;
    private static final int SERVICES = 800;
    private static final int SCRAPES = Integer.getInteger("laneway.test.scrapes", 5);

    private final AtomicLong clock = new AtomicLong(1_000_000);
    private final RequestMetrics metrics = new RequestMetrics(KnownNames.ALL, clock::get);
    private final List<ExchangeObserver> loops = List.of(metrics.loop(Runnable::run), metrics.loop(Runnable::run));

    private static long lines(String text) {
        return text.lines().filter(line -> !line.startsWith("#")).count();
    }

    private void use(List<ExchangeObserver> observers, int deployment, int status, int grpc) {
        FakeExchange exchange = new FakeExchange();
        String lane = deployment < SERVICES ? "master" : "f-" + deployment / SERVICES;
        exchange.lanes("s" + deployment % SERVICES, lane, "f-" + deployment / SERVICES, Reason.LANE);
        exchange.started = clock.get();
        exchange.status = status;
        exchange.grpcStatus = grpc;
        for (ExchangeObserver loop : observers) {
            loop.deployment(exchange.service, exchange.lane).idleConnections.set(1);
            loop.finished(exchange);
        }
    }

    private void round(List<ExchangeObserver> observers, int status, int grpc) {
        for (int i = 0; i < DEPLOYMENTS; i++) {
            use(observers, i, status, grpc);
        }
    }

    @Test
    void tenThousandDeploymentsAreNoMoreThanTwentyThousandLines() {
        round(loops, 200, -1);
        assertThat(lines(Scrape.of(metrics))).isBetween(10_000L, 20_000L);
        for (int grpc = 0; grpc < 17; grpc += 4) {
            round(loops, 100 + grpc % 5 * 100, grpc);
            assertThat(lines(Scrape.of(metrics))).isLessThanOrEqualTo(20_000);
        }
        assertThat(metrics.totals()).as("what plans are judged by is whole").hasSize(DEPLOYMENTS);
    }

    @Test
    void aScrapeCostsAPartOfWhatAllSeriesWould() {
        RequestMetrics all = new RequestMetrics(KnownNames.ALL, clock::get, 10_000_000);
        List<ExchangeObserver> bounded = loops;
        List<ExchangeObserver> unbounded = List.of(all.loop(Runnable::run), all.loop(Runnable::run));
        long[] few = new long[SCRAPES];
        long[] many = new long[SCRAPES];
        for (int i = 0; i < SCRAPES; i++) {
            round(bounded, 200, -1);
            round(unbounded, 200, -1);
            clock.addAndGet(15_000);
            few[i] = cpuNanosOfAScrape(metrics);
            many[i] = cpuNanosOfAScrape(all);
        }
        Arrays.sort(few);
        Arrays.sort(many);
        assertThat(few[SCRAPES / 2]).isLessThan(many[SCRAPES / 2] / 2);
    }

    private static long cpuNanosOfAScrape(RequestMetrics of) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        Scrape.of(of);
        return threads.getCurrentThreadCpuTime() - before;
    }
}
