package io.laneway.replay.send;

import io.laneway.replay.form.RecordedResponse;
import org.jspecify.annotations.Nullable;

/**
 * What came back for a request: a response or an error. Immutable.
 *
 * @param error empty if there is a response
 */
public record Reply(@Nullable RecordedResponse response, String error) {

    /** A whole response. */
    public static Reply of(RecordedResponse response) {
        return new Reply(response, "");
    }

    /** Why there is none. */
    public static Reply failed(String error) {
        return new Reply(null, error);
    }
}
