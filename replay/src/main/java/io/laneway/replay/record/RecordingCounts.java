package io.laneway.replay.record;

import io.laneway.replay.form.RecordedExchange;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many requests a recording matched, kept and dropped: kept + dropped = matched, once all of them have ended. A
 * request is kept when its sink has it. Thread-safe.
 */
public final class RecordingCounts {

    private final LongAdder matched = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder keptFrames = new LongAdder();
    private final LongAdder droppedFrames = new LongAdder();
    // filled once: read by all threads
    private final Map<DropReason, LongAdder> dropped = new EnumMap<>(DropReason.class);

    /** Nothing is counted yet. */
    public RecordingCounts() {
        for (DropReason reason : DropReason.values()) {
            dropped.put(reason, new LongAdder());
        }
    }

    /** A request matched: it is kept or dropped later. */
    public void match() {
        matched.increment();
    }

    /** So many are where they are to be. */
    public void keep(int requests) {
        kept.add(requests);
    }

    /** So many are not, and will not be. */
    public void drop(DropReason reason, int requests) {
        of(reason).add(requests);
    }

    /** A record is not where it is to be: its request, if it is no further part of one, and its frames. */
    public void drop(DropReason reason, RecordedExchange record) {
        drop(reason, record.requests());
        dropFrames(record.frames());
    }

    /** So many frames of WebSockets are where they are to be. */
    public void keepFrames(long frames) {
        keptFrames.add(frames);
    }

    /** So many frames of WebSockets that are recorded are not. */
    public void dropFrames(long frames) {
        droppedFrames.add(frames);
    }

    public long keptFrames() {
        return keptFrames.sum();
    }

    public long droppedFrames() {
        return droppedFrames.sum();
    }

    public long matched() {
        return matched.sum();
    }

    public long kept() {
        return kept.sum();
    }

    public long dropped(DropReason reason) {
        return of(reason).sum();
    }

    /** For all reasons. */
    public long dropped() {
        long sum = 0;
        for (LongAdder one : dropped.values()) {
            sum += one.sum();
        }
        return sum;
    }

    /** Requests that matched and are neither kept nor dropped yet. */
    long pending() {
        long ended = kept() + dropped();
        return matched() - ended;
    }

    private LongAdder of(DropReason reason) {
        return Objects.requireNonNull(dropped.get(reason));
    }
}
