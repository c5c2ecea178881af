package io.laneway.replay.result;

import io.laneway.replay.form.RecordedResponse;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What one side of a replay gave for a request. Immutable.
 *
 * @param sent when the request was sent, or should have been
 * @param late how much later that was than the schedule said
 * @param duration from sending to the response's end
 * @param response null if there was none, or not all of it
 * @param error why there is no response; empty if there is one
 */
public record ReplayedResponse(
        Side side,
        Instant sent,
        Duration late,
        Duration duration,
        @Nullable RecordedResponse response,
        String error) {

    public ReplayedResponse {
        if ((response == null) == error.isEmpty()) {
            throw new IllegalArgumentException("error: '" + error + "' (expected: either a response or an error)");
        }
    }
}
