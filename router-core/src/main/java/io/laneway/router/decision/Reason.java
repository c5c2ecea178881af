package io.laneway.router.decision;

import java.util.Locale;

/**
 * Why a request went where it went, about the lane it asked for. The same words stand in the access log, the metric,
 * the response header and explain. docs/concepts/decision.md#reasons.
 */
public enum Reason {
    /** Asked for and served, the base lane too. */
    LANE(0),
    /** Nothing asked for, nothing assigned. */
    BASE(0),
    /** Assigned by the slot of the tenant, or of the request that has none, and served as assigned, base too. */
    SHIFT(0),
    /** Assigned by a pin of the tenant and served as assigned. */
    PINNED(0),
    /** The lane has no such service. */
    FALLBACK_ABSENT(0),
    /** The lane has the service, but no endpoint of it is usable. */
    FALLBACK_UNREADY(0),
    /** No such lane: served by base. */
    LANE_UNKNOWN(0),
    /** The lane expired: served by base. */
    LANE_EXPIRED(0),
    /** The requested lane is strict and cannot serve. */
    STRICT_UNAVAILABLE(503),
    /** Not even the base lane can serve. */
    BASE_UNAVAILABLE(503),
    /** No service for this host and path. */
    NO_ROUTE(404),
    /** Passed too many of our hops. */
    LOOP(508);

    private final int status;
    private final String word;

    Reason(int status) {
        this.status = status;
        this.word = name().toLowerCase(Locale.ROOT);
    }

    /** The word as users see it, such as {@code fallback_absent}. */
    public String word() {
        return word;
    }

    /** The status of the gateway's own answer, or 0 where the request is forwarded. */
    public int status() {
        return status;
    }
}
