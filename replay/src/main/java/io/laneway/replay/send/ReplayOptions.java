package io.laneway.replay.send;

import io.laneway.replay.form.RecordedRequest;
import io.laneway.replay.value.ValueRule;
import java.util.List;
import java.util.function.Predicate;

/**
 * What a replay does. Immutable.
 *
 * @param lane that requests go to
 * @param against the base lane, that safe requests go to before and after; empty for none
 * @param unsafe whether requests that may change something are sent, to the lane alone
 * @param inFlight requests that are under way at most
 * @param safe which requests change nothing, so that they may be sent often
 * @param values that responses give and later requests have again, as a team says
 */
public record ReplayOptions(
        String lane,
        String against,
        boolean unsafe,
        int inFlight,
        Predicate<RecordedRequest> safe,
        List<ValueRule> values) {

    public ReplayOptions {
        if (inFlight < 1) {
            throw new IllegalArgumentException("in-flight: " + inFlight + " (expected: >= 1)");
        }
        values = List.copyOf(values);
    }

    /** Safe is what is so by its method. */
    public ReplayOptions(String lane, String against, boolean unsafe, int inFlight) {
        this(lane, against, unsafe, inFlight, request -> Methods.safe(request.method()), List.of());
    }
}
