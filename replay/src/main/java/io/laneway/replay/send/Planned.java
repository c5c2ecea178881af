package io.laneway.replay.send;

import io.laneway.replay.form.RecordedExchange;
import java.time.Instant;

/**
 * A request with its place in a replay. Immutable.
 *
 * @param sequence its place in the order of sending; the first is 0
 * @param time how often all were sent before
 * @param client whose order it is in
 * @param due nanoseconds from the replay's start
 */
record Planned(long sequence, int time, String client, long due, RecordedExchange recorded) {

    /** Whether the client had this response before it sent that later request. */
    boolean endedBefore(Planned later) {
        Instant end = recorded.time().plus(recorded.duration());
        return !end.isAfter(later.recorded.time());
    }
}
