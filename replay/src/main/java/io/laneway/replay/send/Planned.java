package io.laneway.replay.send;

import io.laneway.replay.form.RecordedExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A request with its place in a replay. Immutable.
 *
 * @param sequence its place in the order of sending; the first is 0
 * @param time how often all were sent before
 * @param client whose order it is in
 * @param due nanoseconds from the replay's start
 */
record Planned(long sequence, int time, String client, long due, RecordedExchange recorded) {

    /** The coarsest clock of a recording, in which a response may seem to end after what was sent upon it. */
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    /** How much later than its client has it a gateway may note the end of a response. */
    private static final Duration NOTED = Duration.ofNanos(100_000);

    /**
     * Whether the client had this response before it sent that later request, as far as the recording's clock says:
     * connections of HTTP/1 have one request at a time, so that what seems to overlap by less than its resolution does not.
     */
    boolean endedBefore(Planned later) {
        Instant end = recorded.time().plus(recorded.duration());
        Instant begin = later.recorded.time();
        return !end.isAfter(begin) || (single() && later.single() && end.isBefore(begin.plus(resolution(later))));
    }

    /** Whether the client may have had the head of this response, or all of it, before it sent that later request. */
    boolean respondedBefore(Planned later) {
        Instant head = recorded.time().plus(recorded.firstByte());
        return head.isBefore(later.recorded.time().plus(MILLISECOND));
    }

    private boolean single() {
        return recorded.request().protocol().startsWith("HTTP/1");
    }

    private Duration resolution(Planned other) {
        return coarse(recorded.time()) && coarse(other.recorded.time()) ? MILLISECOND : NOTED;
    }

    private static boolean coarse(Instant time) {
        return time.equals(time.truncatedTo(ChronoUnit.MILLIS));
    }
}
