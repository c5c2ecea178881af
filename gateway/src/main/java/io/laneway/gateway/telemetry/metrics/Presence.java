package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.ExchangeRecord;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import java.util.HashMap;
import java.util.Map;

/**
 * Which series are of names that the table still has. Asks for each name once, so it is made for one use. Confined to one
 * thread.
 */
final class Presence {

    private final KnownNames known;
    private final RequestedLanes requested;
    private final Map<String, Boolean> services = new HashMap<>();
    private final Map<String, Boolean> lanes = new HashMap<>();
    private final Map<String, Boolean> held = new HashMap<>();

    Presence(KnownNames known, RequestedLanes requested) {
        this.known = known;
        this.requested = requested;
    }

    boolean gone(SeriesKey key) {
        return !held.computeIfAbsent(key.requested(), this::holds) || gone(key.service(), key.lane());
    }

    /** Takes note of when a series was used. */
    void used(SeriesKey key, long millis) {
        if (!RequestedLanes.isWord(key.requested())) {
            requested.used(key.requested(), millis);
        }
    }

    boolean gone(Target target) {
        return gone(target.service(), target.lane());
    }

    private boolean gone(String service, String lane) {
        return !lanes.computeIfAbsent(lane, name -> RequestedLanes.isWord(name) || known.lane(name))
                || !services.computeIfAbsent(service, name -> isOwnWord(name) || known.service(name));
    }

    private boolean holds(String lane) {
        if (!RequestedLanes.isWord(lane) && !known.lane(lane)) {
            requested.forget(lane);
            return false;
        }
        return requested.holds(lane);
    }

    private static boolean isOwnWord(String service) {
        return service.equals(ExchangeRecord.NO_SERVICE)
                || service.equals(ExchangeRecord.PASSTHROUGH)
                || service.equals(RequestedLanes.OTHER);
    }
}
