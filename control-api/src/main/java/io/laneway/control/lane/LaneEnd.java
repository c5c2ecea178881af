package io.laneway.control.lane;

import java.time.Duration;
import java.time.Instant;

/** When a lane ends, and from when on its owner is warned. Immutable. */
record LaneEnd(Instant warned, Instant expired) {

    /** It never ends. */
    static final LaneEnd NEVER = new LaneEnd(Instant.MAX, Instant.MAX);

    static LaneEnd at(Instant expired, Duration warning) {
        return new LaneEnd(expired.minus(warning), expired);
    }
}
