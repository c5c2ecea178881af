package io.laneway.gateway.telemetry.tracing;

/** What is over and sampled, to be made spans of. Immutable. */
public sealed interface FinishedSpans permits FinishedExchange, FinishedCopy {

    /** How many spans it makes. */
    int count();
}
