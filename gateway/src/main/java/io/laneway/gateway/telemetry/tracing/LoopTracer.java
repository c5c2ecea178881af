package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.config.TracingConfig.Propagation;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.router.text.Slice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What those that follow the exchanges of one event loop share. Confined to that loop, but for what any thread may call. */
final class LoopTracer {

    private final Loop loop;
    private final SamplingRule rule;
    private final Propagator[] propagators;
    private final boolean writesParent;
    private final SpanRing ring;
    private final LoopCounter dropped = new LoopCounter();
    private final Slice slice = new Slice();

    LoopTracer(Loop loop, SamplingRule rule, List<Propagation> forms, SpanRing ring) {
        this.loop = loop;
        this.rule = rule;
        this.propagators = propagators(forms);
        this.writesParent = forms.contains(Propagation.TRACECONTEXT);
        this.ring = ring;
    }

    private static Propagator[] propagators(List<Propagation> forms) {
        List<Propagator> made = new ArrayList<>();
        boolean b3 = false;
        for (Propagation form : forms) {
            if (form == Propagation.TRACECONTEXT) {
                made.add(new W3cPropagator());
            } else if (!b3) {
                b3 = true;
                made.add(new B3Propagator(forms.contains(Propagation.B3), forms.contains(Propagation.B3MULTI)));
            }
        }
        return made.toArray(Propagator[]::new);
    }

    long now() {
        return loop.now();
    }

    /** A new id of a span. */
    long id() {
        return TraceContext.id(loop.random());
    }

    /** Whether what {@link #write} writes is in the place of any {@code traceparent} that is there. */
    boolean writesParent() {
        return writesParent;
    }

    SamplingRule rule() {
        return rule;
    }

    /** For what is read at once. */
    Slice slice() {
        return slice;
    }

    /** Reads the trace that the client is in, else begins one. */
    void read(HeaderLines lines, TraceContext into) {
        into.clear();
        for (Propagator each : propagators) {
            if (each.read(lines, into)) {
                break;
            }
        }
        if (!into.found()) {
            into.begin(loop.random());
        }
    }

    /** A trace of its own, whatever the client is in. */
    void begin(TraceContext into) {
        into.clear();
        into.begin(loop.random());
    }

    void write(HeaderLines lines, TraceContext trace, long span, boolean sampled) {
        for (Propagator each : propagators) {
            each.write(lines, trace, span, sampled);
        }
    }

    /** Hands it over, or drops it if the reader is too slow. */
    void offer(FinishedSpans spans) {
        if (!ring.offer(spans)) {
            dropped.add(spans.count());
        }
    }

    /** Takes what was handed over first, null if there is nothing. Only by the reader. */
    @Nullable
    FinishedSpans poll() {
        return ring.poll();
    }

    /** Spans that were dropped. Any thread. */
    long dropped() {
        return dropped.get();
    }
}
