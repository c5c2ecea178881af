package io.laneway.control.join;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntSupplier;

/** Counts connections to machines that joined. Safe for many threads. */
final class Connections {

    private final LongAdder opened = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final AtomicInteger open = new AtomicInteger();

    /** @param joins how many there are */
    Connections(PrometheusRegistry registry, IntSupplier joins) {
        CounterWithCallback.builder()
                .name("laneway_control_join_connections_total")
                .help("Connections of gateways to machines that joined")
                .labelNames("outcome")
                .callback(counter -> {
                    counter.call((double) opened.sum(), "opened");
                    counter.call((double) failed.sum(), "failed");
                })
                .register(registry);
        GaugeWithCallback.builder()
                .name("laneway_control_joins")
                .help("Machines that serve a lane of a service through this replica")
                .callback(gauge -> gauge.call(joins.getAsInt()))
                .register(registry);
        GaugeWithCallback.builder()
                .name("laneway_control_join_connections_open")
                .help("Connections of gateways to machines that joined that are open")
                .callback(gauge -> gauge.call(open.get()))
                .register(registry);
    }

    void opened() {
        open.incrementAndGet();
        opened.increment();
    }

    void closed() {
        open.decrementAndGet();
    }

    /** The machine refused it, since nothing listens at its port, or said nothing. */
    void failed() {
        failed.increment();
    }
}
