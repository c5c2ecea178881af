package io.laneway.control.traffic;

import io.laneway.control.gateways.Fallbacks;
import io.laneway.control.gateways.LatencyBounds;
import io.laneway.control.gateways.Totals;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What passed between two reports of one run of a gateway. Immutable. */
final class Passed {

    private static final Fallbacks NONE = new Fallbacks(0, 0);

    private final long requests;
    private final long errors;
    private final long unready;
    private final long absent;

    /** Requests by the bucket of {@link LatencyBounds}. */
    private final int[] latency;

    private Passed(long requests, long errors, long unready, long absent, int[] latency) {
        this.requests = requests;
        this.errors = errors;
        this.unready = unready;
        this.absent = absent;
        this.latency = latency;
    }

    long requests() {
        return requests;
    }

    long errors() {
        return errors;
    }

    long unready() {
        return unready;
    }

    long absent() {
        return absent;
    }

    void addLatencyTo(int[] counts) {
        for (int bucket = 0; bucket < counts.length; bucket++) {
            counts[bucket] += latency[bucket];
        }
    }

    /** What was counted since; a series that a gateway forgot and began again counts from nothing. */
    static Passed between(@Nullable Totals old, Totals now) {
        Totals before = old == null || now.requests() < old.requests() ? null : old;
        long requests = now.requests() - (before == null ? 0 : before.requests());
        long errors = now.errors() - (before == null ? 0 : before.errors());
        Fallbacks fell = fallbacks(now);
        Fallbacks had = before == null ? NONE : fallbacks(before);
        return new Passed(
                requests,
                within(errors, requests),
                within(fell.unready() - had.unready(), requests),
                within(fell.absent() - had.absent(), requests),
                latency(before == null ? Map.of() : before.latency(), now.latency()));
    }

    /** Of an older gateway it is known only that another lane served. */
    private static Fallbacks fallbacks(Totals totals) {
        Fallbacks said = totals.fallbacks();
        return said != null ? said : totals.lane().isEmpty() ? NONE : new Fallbacks(0, totals.fallen());
    }

    private static long within(long count, long requests) {
        return Math.max(0, Math.min(count, requests));
    }

    private static int[] latency(Map<String, Long> before, Map<String, Long> now) {
        int[] counts = new int[LatencyBounds.BUCKETS];
        now.forEach((bound, count) -> {
            long more = count - before.getOrDefault(bound, 0L);
            if (more > 0) {
                counts[LatencyBounds.bucket(bound)] += (int) Math.min(more, Integer.MAX_VALUE / 2);
            }
        });
        return counts;
    }
}
