package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.runtime.record.TraceMark;
import io.laneway.gateway.telemetry.tracing.TraceContext.Wish;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Follows one exchange: its trace from the head of the request on, its attempts, and, if it is sampled, what its spans are
 * made of when it is over. Nothing is allocated for one that is not sampled. Confined to one event loop; used again for
 * exchange after exchange.
 *
 * <p>It is decided at the first attempt whether it is sampled, when the reason of its decision is known, and once more
 * whenever that may have changed, at the latest when it is over. A trace that begins here is in the head from the beginning,
 * so that all that goes by the ids of traces knows it.
 */
final class TracedExchange implements ExchangeTrace {

    private static final int SWITCHING = 101;

    private final FollowedExchange exchange;
    private final LoopTracer tracer;
    private final TraceContext trace = new TraceContext();
    private final List<TracedAttempt> attempts = new ArrayList<>(1);
    private final byte[] text = Ascii.bytes("00-" + "0".repeat(32) + "-" + "0".repeat(16) + "-00");
    private @Nullable TracedAttempt open;
    private int count;
    private long span;
    private boolean begun;
    private boolean decided;
    private boolean sampled;

    TracedExchange(FollowedExchange exchange, LoopTracer tracer) {
        this.exchange = exchange;
        this.tracer = tracer;
    }

    @Override
    public void begin() {
        HeaderLines lines = exchange.request().lines();
        tracer.read(lines, trace);
        span = tracer.id();
        count = 0;
        open = null;
        decided = false;
        sampled = false;
        begun = !trace.found() && lines.find(Field.TRACEPARENT, 0) < 0;
        if (begun) {
            lines.add(Field.TRACEPARENT, text(span), 0, text.length);
        }
    }

    private void decide() {
        if (!decided) {
            decided = true;
            sampled = tracer.rule().samples(trace);
        }
        sampled = sampled || tracer.rule().keeps(exchange.facts().reason());
    }

    @Override
    public void attempt(EndpointPool at) {
        decide();
        if (count == attempts.size()) {
            attempts.add(new TracedAttempt());
        }
        TracedAttempt next = attempts.get(count++);
        next.begin(at, tracer.id(), sampled || tracer.rule().keepsSome() ? tracer.now() : 0);
        open = next;
    }

    @Override
    public void sending(UpstreamStream stream) {
        TracedAttempt sent = open;
        if (sent == null) {
            return;
        }
        sent.connected(stream.peer(), stream.multiplexed());
        HeaderLines lines = exchange.request().lines();
        boolean writes = !exchange.facts().passedThrough && !isLeftAsItCame();
        if (begun && !(writes && tracer.writesParent())) {
            lines.remove(Field.TRACEPARENT);
        }
        if (writes) {
            tracer.write(lines, trace, sent.span(), sampled);
        }
    }

    /** A client whose trace is not sampled here either says all that is to be said. */
    private boolean isLeftAsItCame() {
        return !sampled && trace.found() && trace.wish == Wish.NO;
    }

    @Override
    public void lost(ResponseFlag why, int status) {
        TracedAttempt failed = open;
        if (failed != null) {
            failed.end(status, why, tracer.now());
            open = null;
        }
    }

    @Override
    public CopyTrace copy(RequestHead head) {
        decide();
        TracedCopy copy = new TracedCopy(tracer, head, sampled ? ids() : null);
        if (sampled) {
            copy.describe(TracedRequest.of(exchange, tracer.slice()));
        }
        return copy;
    }

    @Override
    public void finished() {
        decide();
        TracedAttempt last = open;
        open = null;
        if (!sampled) {
            return;
        }
        ExchangeFacts facts = exchange.facts();
        facts.mark = new TraceMark(trace.high, trace.low, span);
        boolean responded = facts.responded != 0 || facts.status == SWITCHING;
        if (last != null) {
            last.end(responded ? facts.status : 0, facts.flag, facts.ended);
        }
        List<FinishedAttempt> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(attempts.get(i).finished(i));
        }
        tracer.offer(new FinishedExchange(
                ids(),
                TracedRequest.of(exchange, tracer.slice()),
                facts.started,
                facts.ended,
                facts.status,
                facts.grpcStatus,
                facts.flag,
                responded,
                all));
    }

    private TraceIds ids() {
        return new TraceIds(trace.high, trace.low, span, trace.parent, trace.random, state());
    }

    /** Several lines are one list (RFC 9110 section 5.3). */
    private String state() {
        HeaderLines lines = exchange.request().lines();
        int line = trace.w3c ? lines.find(W3cPropagator.STATE, 0) : -1;
        if (line < 0) {
            return "";
        }
        StringBuilder all = new StringBuilder();
        for (; line >= 0; line = lines.find(W3cPropagator.STATE, line + 1)) {
            lines.value(line, tracer.slice());
            all.append(all.isEmpty() ? "" : ",").append(tracer.slice());
        }
        return all.toString();
    }

    @Override
    public void traceParent(Slice into) {
        into.set(text(trace.found() ? trace.parent : span), 0, text.length);
    }

    private byte[] text(long parent) {
        W3cPropagator.fill(text, 0, trace, parent, sampled);
        return text;
    }
}
