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
        String failure,
        List<String> redacted) {

    public RecordedExchange {
        redacted = List.copyOf(redacted);
    }
}
