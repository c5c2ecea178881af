package io.laneway.gateway.runtime.record;

/**
 * By what a request is found in traces. Immutable.
 *
 * @param high half of the trace's id
 * @param low  the other half
 * @param span the id of the request's own span
 */
public record TraceMark(long high, long low, long span) {}
