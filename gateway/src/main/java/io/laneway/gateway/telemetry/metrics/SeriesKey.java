package io.laneway.gateway.telemetry.metrics;

import io.laneway.router.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a request series. Immutable.
 *
 * @param lane      the served lane, empty if none
 * @param requested the requested lane, empty if none, or one of {@link RequestedLanes}' words
 * @param reason    null where no decision was made
 */
record SeriesKey(
        String service,
        String lane,
        String requested,
        @Nullable Reason reason) implements Comparable<SeriesKey> {

    /** The word of the reason, empty if none. */
    String decision() {
        return reason == null ? "" : reason.word();
    }

    @Override
    public int compareTo(SeriesKey that) {
        int order = service.compareTo(that.service);
        order = order != 0 ? order : lane.compareTo(that.lane);
        order = order != 0 ? order : requested.compareTo(that.requested);
        return order != 0 ? order : decision().compareTo(that.decision());
    }
}
