package io.laneway.control.gateways;

import java.util.HashMap;
import java.util.Map;

/**
 * Sums what was asked for since a moment, as reports come. A report says what a gateway counted up to it, so what lies
 * between two reports counts if all of it is of the time since: if the first of them was received after the moment, and
 * sent with the table of that moment or a newer one. A report that names no revision is taken at its time alone. Changed
 * by {@link Measures} under its lock.
 */
public final class Tally {

    private final long revision;
    private final long at;
    private final Map<ServiceLane, Measure> sums = new HashMap<>();

    Tally(long revision, long at) {
        this.revision = revision;
        this.at = at;
    }

    /** Whether everything after a report counts. */
    boolean covers(long reportRevision, long received) {
        return reportRevision == 0 || (reportRevision >= revision && received >= at);
    }

    void add(Map<ServiceLane, Measure> more) {
        more.forEach((asked, measure) -> sums.merge(asked, measure, Measure::plus));
    }

    Map<ServiceLane, Measure> sums() {
        return Map.copyOf(sums);
    }
}
