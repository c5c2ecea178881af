package io.laneway.gateway.traffic.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.laneway.filter.FilterResult;
import io.laneway.gateway.runtime.config.FilterConfig;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.testkit.RawClient;
import io.laneway.gateway.testkit.Tables;
import io.laneway.gateway.testkit.TestGateway;
import io.laneway.gateway.testkit.Upstream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A listener without filters pays nothing for filters of another one: an event loop allocates as much as without any. */
class FilterCostIT {

    private static final int ROUNDS = 8;
    private static final int REQUESTS = 500;

    @Test
    void aListenerWithoutFiltersAllocatesNothingForThem() {
        try (Upstream upstream = Upstream.tireless("a")) {
            long without = allocated(upstream, List.of(), false);
            List<FilterConfig> filters = List.of(
                    GivenFilters.config("", request -> FilterResult.proceed().now()));
            long beside = allocated(upstream, filters, false);
            long behind = allocated(upstream, filters, true);
            // what loops do now and then differs by some bytes; a head that is copied for a filter takes hundreds
            assertThat(beside - without).as("bytes a request").isLessThan(64);
            assertThat(behind - without).as("bytes a request that passes one").isGreaterThan(256);
        }
    }

    /** The least of some rounds: bytes that the event loop allocates for a request. */
    private static long allocated(Upstream upstream, List<FilterConfig> filters, boolean filtered) {
        try (TestGateway gateway = TestGateway.over(
                        Tables.one(upstream.port()),
                        config -> TestGateway.with(config, listeners(config.listeners(), filters)));
                RawClient client = RawClient.to(filtered ? gateway.inside() : gateway.port())) {
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long loop = loop(gateway);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS; round++) {
                gateway.forget();
                long before = threads.getThreadAllocatedBytes(loop);
                for (int i = 0; i < REQUESTS; i++) {
                    client.get("/");
                }
                least = Math.min(least, threads.getThreadAllocatedBytes(loop) - before);
            }
            return least / REQUESTS;
        }
    }

    private static long loop(TestGateway gateway) {
        return gateway.plane()
                .loops()
                .get(0)
                .eventLoop()
                .submit(() -> Thread.currentThread().getId())
                .syncUninterruptibly()
                .getNow();
    }

    /** The internal listener has them, the external one none. */
    private static List<ListenerConfig> listeners(List<ListenerConfig> usual, List<FilterConfig> filters) {
        List<ListenerConfig> listeners = new ArrayList<>(usual);
        listeners.replaceAll(each -> "inside".equals(each.name()) ? each.filteredBy(filters) : each);
        return listeners;
    }
}
