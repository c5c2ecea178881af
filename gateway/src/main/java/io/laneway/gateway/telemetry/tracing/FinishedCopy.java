package io.laneway.gateway.telemetry.tracing;

/**
 * A copy of a request in a mirror that is over. Immutable.
 *
 * @param ids      of a trace of its own
 * @param original of the request that it is a copy of
 * @param request  that it is a copy of
 * @param target   as the mirror got it
 * @param service  of the mirror
 */
public record FinishedCopy(
        TraceIds ids, TraceIds original, TracedRequest request, String target, String service, FinishedAttempt attempt)
        implements FinishedSpans {

    @Override
    public int count() {
        return 1;
    }
}
