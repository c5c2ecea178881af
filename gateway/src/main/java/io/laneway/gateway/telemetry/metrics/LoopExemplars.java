package io.laneway.gateway.telemetry.metrics;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last exemplar in each bucket of durations. One event loop changes it, any thread may read it. */
final class LoopExemplars {

    private final AtomicReferenceArray<@Nullable DurationExemplar> last = new AtomicReferenceArray<>(Latency.BUCKETS);

    /** Only on the owning loop. */
    void put(int bucket, DurationExemplar exemplar) {
        last.setRelease(bucket, exemplar);
    }

    /** Takes over what is newer than what is there. Any thread. */
    void addTo(@Nullable DurationExemplar[] latest) {
        for (int bucket = 0; bucket < latest.length; bucket++) {
            DurationExemplar own = last.getAcquire(bucket);
            DurationExemplar other = latest[bucket];
            if (own != null && (other == null || own.millis() > other.millis())) {
                latest[bucket] = own;
            }
        }
    }
}
