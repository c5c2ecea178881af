package io.laneway.gateway.telemetry.recording;

import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.router.text.Slice;
import java.time.Duration;
import java.time.Instant;

/** What is known of a finished exchange, as a recording keeps it. Immutable. */
record Facts(
        String id,
        String trace,
        String source,
        Instant time,
        Duration firstByte,
        Duration duration,
        String protocol,
        String service,
        String tenant,
        String requested,
        String served,
        String reason,
        long revision,
        int status,
        String failure) {

    private static final int TRACE_START = LoopRecorder.TRACE_START;
    private static final int TRACE_END = TRACE_START + LoopRecorder.TRACE_LENGTH;

    /** What is known at its end. */
    static Facts of(ExchangeFacts facts, Instant time) {
        long first = facts.responded == 0 ? 0 : facts.responded - facts.started;
        return of(facts, time, first, facts.durationNanos());
    }

    /** What is known of one that became another protocol so many nanoseconds after its beginning. */
    static Facts of(ExchangeFacts facts, Instant time, long first, long duration) {
        Slice text = new Slice();
        facts.requestId(text);
        String id = text.toString();
        facts.traceParent(text);
        String parent = text.toString();
        facts.source(text);
        String source = text.toString();
        facts.tenant(text);
        String tenant = text.toString();
        String requested = facts.requestedLane();
        if (requested == null) {
            facts.requestedText(text);
            requested = text.toString();
        }
        var reason = facts.reason();
        String failure = facts.flag().word();
        return new Facts(
                id,
                parent.length() >= TRACE_END ? parent.substring(TRACE_START, TRACE_END) : "",
                source,
                time,
                Duration.ofNanos(Math.max(0, first)),
                Duration.ofNanos(Math.max(0, duration)),
                facts.protocol(),
                facts.service(),
                tenant,
                requested,
                facts.lane(),
                reason == null ? "" : reason.word(),
                facts.tableRevision(),
                facts.status(),
                failure.equals("-") ? "" : failure);
    }
}
