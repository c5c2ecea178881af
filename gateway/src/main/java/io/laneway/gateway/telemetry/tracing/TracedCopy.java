package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeTrace.CopyTrace;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Follows one copy of a request into a mirror. It has a trace of its own, which its span links with the request's: what a
 * mirror does is no part of how the request was served. Confined to one event loop.
 */
final class TracedCopy implements CopyTrace {

    private final LoopTracer tracer;
    private final TraceContext trace = new TraceContext();
    private final TracedAttempt attempt = new TracedAttempt();
    private final @Nullable TraceIds original;
    private final long span;
    private final RequestHead head;
    private @Nullable TracedRequest request;
    private String service = "";

    /** @param original of the request that it is a copy of; null if that is not sampled */
    TracedCopy(LoopTracer tracer, RequestHead head, @Nullable TraceIds original) {
        this.tracer = tracer;
        this.original = original;
        this.head = head;
        this.span = tracer.id();
        tracer.begin(trace);
        tracer.write(head.lines(), trace, span, original != null);
    }

    /** What it is a copy of. */
    void describe(TracedRequest of) {
        request = of;
    }

    @Override
    public void begin(EndpointPool to) {
        service = to.stats().service();
        attempt.begin(to, span, tracer.now());
    }

    @Override
    public void sending(UpstreamStream stream) {
        attempt.connected(stream.peer(), stream.multiplexed());
    }

    @Override
    public void ended(int status, boolean responded) {
        TracedRequest of = request;
        TraceIds linked = original;
        if (of == null || linked == null) {
            return;
        }
        Slice target = tracer.slice();
        head.target(target);
        attempt.end(status, responded ? ResponseFlag.NONE : ResponseFlag.UC, tracer.now());
        tracer.offer(new FinishedCopy(
                new TraceIds(trace.high, trace.low, span, 0, trace.random, ""),
                linked,
                of,
                target.toString(),
                service,
                attempt.finished(0)));
    }
}
