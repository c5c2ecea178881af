package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.router.decision.Reason;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Of which requests there are spans. The ratio goes by the trace's id as in OpenTelemetry's SDKs, so that all programs with
 * one ratio agree. Immutable.
 */
final class SamplingRule {

    private final boolean obeysParent;
    private final boolean always;
    private final long bound;
    private final Set<Reason> reasons;
    private final boolean keepsSome;

    SamplingRule(TracingConfig.Sampler config) {
        this.obeysParent = config.parent();
        this.always = config.ratio() == 1;
        this.bound = (long) (config.ratio() * Long.MAX_VALUE);
        this.reasons = config.reasons();
        this.keepsSome = !reasons.isEmpty();
    }

    /** By what its client wished, else by the trace's id. */
    boolean samples(TraceContext trace) {
        if (obeysParent && trace.wish != Wish.NONE) {
            return trace.wish != Wish.NO;
        }
        return always || Math.abs(trace.low) < bound;
    }

    /** Whether one that is not sampled may be kept later, by the reason of its decision. */
    boolean keepsSome() {
        return keepsSome;
    }

    /** By the reason of its decision, whatever else holds. */
    boolean keeps(@Nullable Reason reason) {
        return reason != null && reasons.contains(reason);
    }
}
