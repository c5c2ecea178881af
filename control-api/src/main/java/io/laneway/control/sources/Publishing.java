package io.laneway.control.sources;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
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

    private final MeterRegistry registry;
    private final List<Supplier<Status>> publishers = new CopyOnWriteArrayList<>();

    /** Gauges are registered with each publisher. */
    public Publishing(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Adds a publisher. Gauges of one that another replica serves are not a number. */
    public void add(String name, Supplier<Status> status) {
        publishers.add(status);
        Gauge.builder(
                        "laneway_control_publisher_lag_revisions",
                        () -> number(status, status.get().lag()))
                .description("Revisions that the publisher has not published yet")
                .tag("publisher", name)
                .strongReference(true)
                .register(registry);
        Gauge.builder(
                        "laneway_control_publisher_behind_seconds",
                        () -> number(status, status.get().behindSeconds()))
                .description("For how long the publisher has not been level with the store")
                .tag("publisher", name)
                .strongReference(true)
                .register(registry);
    }

    private static double number(Supplier<Status> status, long value) {
        return status.get().active() ? value : Double.NaN;
    }

    /** All of them. */
    public List<Status> all() {
        return publishers.stream().map(Supplier::get).toList();
    }
}
