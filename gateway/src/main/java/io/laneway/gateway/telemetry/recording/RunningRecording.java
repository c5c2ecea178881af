package io.laneway.gateway.telemetry.recording;

import io.laneway.router.model.recording.Recording;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** A recording while it runs on this gateway: what it counts, and whether it has ended. Safe for many threads. */
final class RunningRecording {

    private final Recording recording;
    private final long until;
    private final LongAdder kept = new LongAdder();
    private final Map<Loss, LongAdder> dropped = new EnumMap<>(Loss.class);
    private volatile boolean full;

    RunningRecording(Recording recording) {
        this.recording = recording;
        this.until = recording.until().toEpochMilli();
        for (Loss loss : Loss.values()) {
            dropped.put(loss, new LongAdder());
        }
    }

    Recording recording() {
        return recording;
    }

    /** Whether it wants no more, by time or by size. */
    boolean over(long millis) {
        return full || millis >= until;
    }

    boolean full() {
        return full;
    }

    /** Its files are as large as they may be. */
    void fill() {
        full = true;
    }

    void kept(long requests) {
        kept.add(requests);
    }

    void dropped(Loss why, long requests) {
        LongAdder count = dropped.get(why);
        if (count != null) {
            count.add(requests);
        }
    }

    long kept() {
        return kept.sum();
    }

    Map<Loss, LongAdder> dropped() {
        return dropped;
    }
}
