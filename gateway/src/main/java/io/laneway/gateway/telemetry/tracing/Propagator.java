package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.protocol.head.HeaderLines;

/** A form in which traces travel in the headers of requests. Confined to one event loop. */
interface Propagator {

    /**
     * Reads what the client says. What is malformed counts as absent.
     *
     * @return whether it names a trace and a span, or wishes something about sampling
     */
    boolean read(HeaderLines lines, TraceContext into);

    /**
     * Writes over what the client said.
     *
     * @param span that is the next hop's parent
     */
    void write(HeaderLines lines, TraceContext trace, long span, boolean sampled);
}
