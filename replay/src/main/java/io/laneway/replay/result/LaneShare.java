package io.laneway.replay.result;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedResponse;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How many responses a lane served itself, and by which reasons others served the rest, as gateways say in
 * {@code x-laneway-lane} and {@code x-laneway-decision}. Confined to one thread.
 */
public final class LaneShare {

    private static final int MAX_REASONS = 20;
    private static final Pattern NO_LETTER = Pattern.compile("[^a-z0-9]+");
    private static final Pattern REASON = Pattern.compile("[a-z_]{1,40}");

    private final String lane;
    private final Map<String, Long> reasons = new TreeMap<>();
    private long own;
    private long all;

    public LaneShare(String lane) {
        this.lane = lane;
    }

    /** Counts a response; one of no gateway, or of a gateway that does not say its decision, is not counted. */
    public void add(@Nullable RecordedResponse response) {
        if (response == null) {
            return;
        }
        String served = Fields.first(response.headers(), "x-laneway-lane");
        String decision = Fields.first(response.headers(), "x-laneway-decision");
        if (served == null && decision == null) {
            return;
        }
        all++;
        if (isLane(served)) {
            own++;
            return;
        }
        String reason = decision != null && REASON.matcher(decision).matches() ? decision : "other";
        reasons.merge(reasons.size() < MAX_REASONS || reasons.containsKey(reason) ? reason : "other", 1L, Long::sum);
    }

    private boolean isLane(@Nullable String served) {
        return served != null && slug(served).equals(slug(lane));
    }

    /** Gateways take names of lanes in any case and with any separators. */
    private static String slug(String name) {
        return NO_LETTER.matcher(name.toLowerCase(Locale.ROOT)).replaceAll("-");
    }

    /** Why no response can come from the lane, by that one: the table has no such lane. Empty if it can. */
    public String refusal(@Nullable RecordedResponse response) {
        if (response == null || isLane(Fields.first(response.headers(), "x-laneway-lane"))) {
            return "";
        }
        String decision = Fields.first(response.headers(), "x-laneway-decision");
        if ("lane_unknown".equals(decision)) {
            return "unknown at the gateway (expected: a lane of the table)";
        }
        return "lane_expired".equals(decision) ? "expired at the gateway (expected: a lane that has not expired)" : "";
    }

    /** Whether gateways said which lanes served. */
    public boolean isKnown() {
        return all > 0;
    }

    /** Whether gateways said that other lanes served all of them. */
    public boolean isNone() {
        return all > 0 && own == 0;
    }

    /** Whether responses were counted for which the table had no such lane. */
    public boolean isRefused() {
        return reasons.containsKey("lane_unknown") || reasons.containsKey("lane_expired");
    }

    @Override
    public String toString() {
        return "lane " + lane + " served " + own + " of " + all + " requests"
                + (reasons.isEmpty()
                        ? ""
                        : reasons.entrySet().stream()
                                .map(each -> each.getKey() + " " + each.getValue())
                                .collect(Collectors.joining(", ", " (others by: ", ")")));
    }
}
