package io.laneway.kafka.consume.lane;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/**
 * The partitions on which a lane's member has not begun yet: since when each waits, which look at the groups is new
 * enough for it, and when it is time to say that it waits. Times are of one clock for durations, in nanoseconds.
 * Confined to the consumer's thread.
 */
final class PendingPartitions {

    private static final long SAY_AFTER = Duration.ofSeconds(30).toNanos();

    private final Map<TopicPartition, Wait> waits = new HashMap<>();

    /** One partition's wait: a look counts if begun after this, and it came or was spoken of then. */
    private record Wait(long looksAfter, long said) {}

    void enter(TopicPartition partition, long now) {
        waits.put(partition, new Wait(now, now));
    }

    void leave(Collection<TopicPartition> partitions) {
        partitions.forEach(waits::remove);
    }

    /** Something was written that only looks begun from now on can see. */
    void lookAfter(Collection<TopicPartition> partitions, long now) {
        partitions.forEach(partition -> waits.computeIfPresent(partition, (unused, wait) -> new Wait(now, wait.said)));
    }

    boolean isEmpty() {
        return waits.isEmpty();
    }

    Set<TopicPartition> partitions() {
        return Set.copyOf(waits.keySet());
    }

    /** Whether a look that was begun at a time is new enough for a partition. */
    boolean takes(TopicPartition partition, long lookBegan) {
        Wait wait = waits.get(partition);
        return wait != null && lookBegan - wait.looksAfter > 0;
    }

    /** The partitions that have waited so long that it must be said now, and were not spoken of lately, as text. */
    Set<String> overdue(long now) {
        Set<String> overdue = new TreeSet<>();
        waits.replaceAll((partition, wait) -> {
            if (now - wait.said <= SAY_AFTER) {
                return wait;
            }
            overdue.add(partition.toString());
            return new Wait(wait.looksAfter, now);
        });
        return overdue;
    }
}
