package io.laneway.replay.form;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request and its response, as they are kept. Immutable.
 *
 * @param id {@code x-request-id}
 * @param trace id of the trace; empty if there was none
 * @param client the same for requests of the same client, and not its address
 * @param time when the request's head was there
 * @param firstByte until the response's head was there
 * @param duration until the response's end was sent
 * @param response null if there was none
 * @param socket what passed once it had become a WebSocket; null for another request, or if that was not asked for
 * @param failure the access log's response flags; empty if nothing failed
 * @param redacted the places whose values are pseudonyms
 */
public record RecordedExchange(
        String id,
        String trace,
        String client,
        Instant time,
        Duration firstByte,
        Duration duration,
        RecordedDecision decision,
        RecordedRequest request,
        @Nullable RecordedResponse response,
        @Nullable RecordedSocket socket,
        String failure,
        List<String> redacted) {

    public RecordedExchange {
        redacted = List.copyOf(redacted);
    }

    /** A request that is no WebSocket. */
    public RecordedExchange(
            String id,
            String trace,
            String client,
            Instant time,
            Duration firstByte,
            Duration duration,
            RecordedDecision decision,
            RecordedRequest request,
            @Nullable RecordedResponse response,
            String failure,
            List<String> redacted) {
        this(id, trace, client, time, firstByte, duration, decision, request, response, null, failure, redacted);
    }

    /** The same with another socket. */
    public RecordedExchange with(RecordedSocket other) {
        return new RecordedExchange(
                id, trace, client, time, firstByte, duration, decision, request, response, other, failure, redacted);
    }

    /** Whether it is a further part of a WebSocket, whose request another record is. */
    public boolean continues() {
        return socket != null && socket.part() > 1;
    }

    /** How many requests it is: none if it is a further part of one. */
    public int requests() {
        return continues() ? 0 : 1;
    }

    /** How many frames it has. */
    public int frames() {
        return socket == null ? 0 : socket.frames().size();
    }
}
