package io.laneway.replay.send;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedExchange;
import io.laneway.replay.form.RecordedResponse;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a write was served by the lane that it was for, as the gateway says in its response. Stateless. */
final class ServedLane {

    /** Reasons of a gateway that responded by itself: nothing was written. */
    private static final Set<String> UNSERVED = Set.of("strict_unavailable", "base_unavailable", "no_route", "loop");

    private ServedLane() {}

    /** What is wrong, empty if nothing is; without a response nothing is known. */
    static String problem(RecordedExchange request, String lane, @Nullable RecordedResponse response) {
        if (response == null) {
            return "";
        }
        String served = Fields.first(response.headers(), "x-laneway-lane");
        String decision = Fields.first(response.headers(), "x-laneway-decision");
        if (lane.equals(served) || (served == null && decision != null && UNSERVED.contains(decision))) {
            return "";
        }
        return "request " + request.id() + ", " + request.request().method() + " "
                + request.request().path() + ", was served by "
                + (served == null ? "a lane that its response does not say in x-laneway-lane" : "lane " + served)
                + " (expected: " + lane + ")";
    }
}
