package io.laneway.gateway.telemetry.tracing;

/**
 * Where a span is in its trace. Immutable.
 *
 * @param high   half of the trace's id
 * @param low    the other half
 * @param span   the span's own id
 * @param parent the id of the client's span, 0 without one
 * @param random whether the trace's id is random
 * @param state  the {@code tracestate} that came with it, empty without one
 */
public record TraceIds(long high, long low, long span, long parent, boolean random, String state) {}
