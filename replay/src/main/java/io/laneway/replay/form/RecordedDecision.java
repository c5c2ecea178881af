package io.laneway.replay.form;

/**
 * Where a request went and why; what is not known is empty. Immutable.
 *
 * @param requested the lane that was asked for
 * @param served the lane whose deployment served
 * @param reason as in the access log, such as {@code fallback_absent}
 * @param revision of the table that it was decided by
 */
public record RecordedDecision(
        String gateway,
        String service,
        String route,
        String tenant,
        String requested,
        String served,
        String reason,
        long revision) {

    /** Of a request that no gateway decided about. */
    public static final RecordedDecision NONE = new RecordedDecision("", "", "", "", "", "", "", 0);
}
