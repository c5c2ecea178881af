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

    /** The same, whichever lane served. */
    SeriesKey withoutServed() {
        return new SeriesKey(service, "", requested, reason);
    }

    /** What it is counted as where its lanes have no series of their own. */
    SeriesKey withoutLanes() {
        return new SeriesKey(service, RequestedLanes.OTHER, RequestedLanes.OTHER, reason);
    }

    /** What it is counted as where its service has none either. */
    SeriesKey withoutNames() {
        return new SeriesKey(RequestedLanes.OTHER, RequestedLanes.OTHER, RequestedLanes.OTHER, reason);
    }

    @Override
    public int compareTo(SeriesKey that) {
        int order = service.compareTo(that.service);
        order = order != 0 ? order : lane.compareTo(that.lane);
        order = order != 0 ? order : requested.compareTo(that.requested);
        return order != 0 ? order : decision().compareTo(that.decision());
    }

    /** Spread, as names are much alike; that of a record is not meant to be. */
    @Override
    public int hashCode() {
        int hash = (service.hashCode() * 31 + lane.hashCode()) * 0x01000193 + requested.hashCode();
        return hash * 31 + (reason == null ? 0 : reason.hashCode());
    }

    @Override
    public boolean equals(@Nullable Object that) {
        return this == that
                || (that instanceof SeriesKey key
                        && reason == key.reason
                        && service.equals(key.service)
                        && lane.equals(key.lane)
                        && requested.equals(key.requested));
    }
}
