package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.runtime.record.ResponseFlag;
import java.util.List;

/**
 * A request and its response that are over. Immutable; times are nanoseconds of the gateway's clock.
 *
 * @param status     of the response, 0 without one
 * @param grpcStatus negative if it was none of gRPC
 * @param responded  whether the status is an endpoint's
 */
public record FinishedExchange(
        TraceIds ids,
        TracedRequest request,
        long started,
        long ended,
        int status,
        int grpcStatus,
        ResponseFlag flag,
        boolean responded,
        List<FinishedAttempt> attempts)
        implements FinishedSpans {

    @Override
    public int count() {
        return 1 + attempts.size();
    }
}
