package io.laneway.control.sources;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** How far the publishers of this replica are, for metrics and probes. Safe for many threads. */
public final class Publishing {

    /**
     * One publisher.
     *
     * @param name          of the publisher
     * @param active        whether this replica is the one that publishes
     * @param revision      that was published last
     * @param lag           revisions that are not published yet
     * @param behindSeconds for how long it has not been level
     * @param problem       why the last try failed, null if it did not
     */
    public record Status(
            String name,
            boolean active,
            long revision,
            long lag,
            long behindSeconds,
            @Nullable String problem) {}

    private final List<Publisher> publishers = new CopyOnWriteArrayList<>();

    private record Publisher(String name, Supplier<Status> status) {}

    /** The gauges of all publishers are registered there. */
    public Publishing(PrometheusRegistry registry) {
        gauge(
                registry,
                "laneway_control_publisher_lag_revisions",
                "Revisions that the publisher has not published yet",
                Status::lag);
        gauge(
                registry,
                "laneway_control_publisher_behind_seconds",
                "For how long the publisher has not been level with the store",
                Status::behindSeconds);
    }

    /** Adds a publisher. */
    public void add(String name, Supplier<Status> status) {
        publishers.add(new Publisher(name, status));
    }

    /** Gauges of a publisher that another replica serves are not a number. */
    private void gauge(PrometheusRegistry registry, String name, String help, ToDoubleFunction<Status> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .labelNames("publisher")
                .callback(gauge -> {
                    Set<String> named = new HashSet<>();
                    for (Publisher publisher : publishers) {
                        if (named.add(publisher.name())) {
                            Status status = publisher.status().get();
                            gauge.call(status.active() ? value.applyAsDouble(status) : Double.NaN, publisher.name());
                        }
                    }
                })
                .register(registry);
    }

    /** All of them. */
    public List<Status> all() {
        return publishers.stream().map(one -> one.status().get()).toList();
    }
}
