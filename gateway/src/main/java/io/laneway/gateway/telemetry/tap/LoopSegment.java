package io.laneway.gateway.telemetry.tap;

import org.jspecify.annotations.Nullable;

/** The segment that one event loop writes to. Set by that loop, read by any thread. */
final class LoopSegment {

    private final int loop;
    private volatile @Nullable RecordSegment current;

    /** @param loop whose records they are: a number from 0 on, within one pool */
    LoopSegment(int loop) {
        this.loop = loop;
    }

    int loop() {
        return loop;
    }

    /** The segment being written, null before the first record. */
    @Nullable
    RecordSegment current() {
        return current;
    }

    void current(RecordSegment segment) {
        current = segment;
    }
}
