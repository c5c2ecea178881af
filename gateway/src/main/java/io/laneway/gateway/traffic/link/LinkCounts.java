package io.laneway.gateway.traffic.link;

import io.laneway.gateway.runtime.record.LoopCounter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** What one event loop counts of one listener's links. The loop changes it, any thread may read it. */
final class LinkCounts {

    private final Map<LinkOutcome, LoopCounter> counters = new EnumMap<>(LinkOutcome.class);

    LinkCounts() {
        for (LinkOutcome outcome : LinkOutcome.values()) {
            counters.put(outcome, new LoopCounter());
        }
    }

    LoopCounter of(LinkOutcome outcome) {
        return Objects.requireNonNull(counters.get(outcome));
    }
}
