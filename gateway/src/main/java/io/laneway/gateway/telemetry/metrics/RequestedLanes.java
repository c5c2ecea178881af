package io.laneway.gateway.telemetry.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which requested lanes have series of their own: the most recently used ones, up to a limit. Asked only when a loop
 * meets a combination for the first time, so a lock is cheap enough. Safe for many threads.
 *
 * <p>A lane that was used within {@link #REST_MILLIS} is not pushed out, else a round of one lane too many would make
 * and drop series with every request; the newcomer is counted under {@value #OTHER} and asks again after that time.
 */
final class RequestedLanes {

    /** Requested lanes that no table knows. */
    static final String UNKNOWN = "__unknown__";

    /** Requested lanes beyond the limit. */
    static final String OTHER = "__other__";

    /** How long a lane keeps its place after its last use. */
    static final long REST_MILLIS = 60_000;

    private final int limit;
    private final LongSupplier clock;
    private final Map<String, Long> lastUsed = new HashMap<>();

    RequestedLanes(int limit, LongSupplier clock) {
        this.limit = limit;
        this.clock = clock;
    }

    /** The label of a requested lane: its name, {@value #OTHER}, {@value #UNKNOWN} for null, empty for empty. */
    synchronized String label(@Nullable String lane) {
        if (lane == null) {
            return UNKNOWN;
        }
        if (lane.isEmpty()) {
            return lane;
        }
        if (!lastUsed.containsKey(lane) && lastUsed.size() >= limit && !evictOldest()) {
            return OTHER;
        }
        lastUsed.put(lane, clock.getAsLong());
        return lane;
    }

    /** Whether a label is still that of its lane. */
    synchronized boolean holds(String label) {
        return isWord(label) || lastUsed.containsKey(label);
    }

    /** Notes that a series with this label was used. */
    synchronized void used(String label, long millis) {
        lastUsed.computeIfPresent(label, (name, before) -> Math.max(before, millis));
    }

    /** Forgets a lane that the table does not have any more. */
    synchronized void forget(String lane) {
        lastUsed.remove(lane);
    }

    static boolean isWord(String label) {
        return label.isEmpty() || label.equals(UNKNOWN) || label.equals(OTHER);
    }

    private boolean evictOldest() {
        String oldest = "";
        long time = Long.MAX_VALUE;
        for (Map.Entry<String, Long> entry : lastUsed.entrySet()) {
            if (entry.getValue() < time) {
                time = entry.getValue();
                oldest = entry.getKey();
            }
        }
        if (clock.getAsLong() - time < REST_MILLIS) {
            return false;
        }
        lastUsed.remove(oldest);
        return true;
    }
}
