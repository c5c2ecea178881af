package io.laneway.replay.result;

import io.laneway.replay.form.RecordedExchange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was recorded, with the responses that its replay got. Immutable.
 *
 * @param sequence its place in the replay's order; the first is 0
 * @param responses at most one for each side
 */
public record ReplayedRequest(long sequence, RecordedExchange recorded, List<ReplayedResponse> responses) {

    public ReplayedRequest {
        responses = List.copyOf(responses);
    }

    /** What that side gave, null if nothing was sent there. */
    public @Nullable ReplayedResponse of(Side side) {
        for (ReplayedResponse response : responses) {
            if (response.side() == side) {
                return response;
            }
        }
        return null;
    }
}
