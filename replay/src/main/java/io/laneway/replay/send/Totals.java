package io.laneway.replay.send;

/**
 * How far a replay is. Immutable.
 *
 * @param planned all of its requests
 * @param earlier those that have their responses from an earlier run of it
 * @param responded those that have a response of each side
 * @param failed those that have not, or could not be sent as they were recorded
 * @param skipped unsafe ones that were not asked for, and WebSockets
 * @param lateOver100Millis requests that were later than that
 * @param late nanoseconds behind the schedule, of the latest request
 */
public record Totals(
        long planned, long earlier, long responded, long failed, long skipped, long lateOver100Millis, long late) {

    /** Requests that are dealt with. */
    public long done() {
        return earlier + responded + failed + skipped;
    }

    /** Whether everything was sent, and has its responses. */
    public boolean whole() {
        return done() == planned && failed == 0;
    }
}
