package io.laneway.gateway.telemetry.otlp;

import io.laneway.gateway.telemetry.tracing.TraceIds;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;

/** The places of spans in their traces as OpenTelemetry has them. Stateless. */
final class SpanContexts {

    private static final byte SAMPLED = 1;
    private static final byte SAMPLED_RANDOM = 3;

    private SpanContexts() {}

    /** Of a span of the gateway's. */
    static SpanContext of(TraceIds ids, long span) {
        return SpanContext.create(trace(ids), SpanId.fromLong(span), flags(ids), state(ids.state()));
    }

    /** Of another span of the gateway's in the same trace. */
    static SpanContext beside(SpanContext other, long span) {
        return SpanContext.create(
                other.getTraceId(), SpanId.fromLong(span), other.getTraceFlags(), other.getTraceState());
    }

    /** Of the client's span; invalid if there is none. */
    static SpanContext parent(TraceIds ids) {
        return ids.parent() == 0
                ? SpanContext.getInvalid()
                : SpanContext.createFromRemoteParent(
                        trace(ids), SpanId.fromLong(ids.parent()), flags(ids), state(ids.state()));
    }

    private static String trace(TraceIds ids) {
        return TraceId.fromLongs(ids.high(), ids.low());
    }

    private static TraceFlags flags(TraceIds ids) {
        return TraceFlags.fromByte(ids.random() ? SAMPLED_RANDOM : SAMPLED);
    }

    /** Members that are none are left out; the builder puts each before those it has. */
    private static TraceState state(String text) {
        if (text.isEmpty()) {
            return TraceState.getDefault();
        }
        TraceStateBuilder state = TraceState.builder();
        String[] members = text.split(",", -1);
        for (int i = members.length - 1; i >= 0; i--) {
            String member = members[i].trim();
            int equals = member.indexOf('=');
            if (equals > 0) {
                state.put(member.substring(0, equals), member.substring(equals + 1));
            }
        }
        return state.build();
    }
}
