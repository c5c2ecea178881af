package io.laneway.replay.diff;

import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.form.RecordedResponse;
import org.jspecify.annotations.Nullable;

/**
 * A request with the responses to compare; a response is null where there was none. Immutable.
 *
 * @param id of the recorded request
 * @param service empty if it is not known
 */
public record ComparedRequest(
        String id,
        String service,
        RecordedRequest request,
        @Nullable RecordedResponse base,
        @Nullable RecordedResponse again,
        @Nullable RecordedResponse lane) {}
