package io.laneway.kafka.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Map;

/**
 * The meters of message lanes, over all consumers of this process. With Spring Boot a bean of this type is enough; else
 * {@code new LaneMetrics().bindTo(registry)}. Safe for many threads.
 */
public final class LaneMetrics implements MeterBinder {

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            MeterNames.LAG, "Records between the position of this process's consumers and the end",
            MeterNames.OWED, "Ranges that the base has still to read again since a lane left",
            MeterNames.WAITING,
                    "Partitions that hand out nothing yet: they wait for a look, a watermark, or what is read again",
            MeterNames.HANDOVERS,
                    "Partitions whose records of a lane passed to the lane or back to the base, as the base counts",
            MeterNames.REREAD, "Records that a lane left and the base handed out");

    private final MessageStats stats;

    /** Those of this process. */
    public LaneMetrics() {
        this(MessageStats.PROCESS);
    }

    LaneMetrics(MessageStats stats) {
        this.stats = stats;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        stats.listen(meter -> bind(registry, meter));
    }

    private static void bind(MeterRegistry registry, MessageStats.Meter meter) {
        MessageStats.Key key = meter.key();
        Tags tags = Tags.of("group", key.group(), "lane", key.lane());
        if (!key.to().isEmpty()) {
            tags = tags.and("to", key.to());
        }
        String description = DESCRIPTIONS.getOrDefault(key.name(), "");
        if (meter.counter()) {
            FunctionCounter.builder(key.name(), meter, one -> one.value().getAsDouble())
                    .description(description)
                    .tags(tags)
                    .register(registry);
        } else {
            Gauge.builder(key.name(), meter, one -> one.value().getAsDouble())
                    .description(description)
                    .tags(tags)
                    .strongReference(true)
                    .register(registry);
        }
    }
}
