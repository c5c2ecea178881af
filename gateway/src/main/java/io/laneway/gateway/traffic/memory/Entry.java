package io.laneway.gateway.traffic.memory;

/**
 * What is remembered of one id, in 64 bits: whether a lane, none or more than one was seen, how the lane was assigned, the
 * service that was sent the request, the lane's number, and bits of the id that its key has not. Never 0. Stateless.
 */
final class Entry {

    /** A lane. */
    static final int LANE = 1;

    /** A request that asked for none. */
    static final int NO_LANE = 2;

    /** More than one of these. */
    static final int CONFLICT = 3;

    private static final int STATE = 0x3;
    private static final int ASSIGNED_AT = 2;
    private static final int SERVICE_AT = 4;
    private static final int SERVICE_BITS = 12;
    private static final int LANE_AT = SERVICE_AT + SERVICE_BITS;
    private static final int CHECK_AT = LANE_AT + LaneNames.BITS;
    private static final long SERVICE = ((1L << SERVICE_BITS) - 1) << SERVICE_AT;

    private Entry() {}

    static long of(int state, int assigned, int service, int lane, long check) {
        return state
                | ((long) assigned << ASSIGNED_AT)
                | ((long) service << SERVICE_AT)
                | ((long) lane << LANE_AT)
                | (check << CHECK_AT);
    }

    static int state(long entry) {
        return (int) entry & STATE;
    }

    static int assigned(long entry) {
        return (int) (entry >>> ASSIGNED_AT) & 3;
    }

    static int service(long entry) {
        return (int) ((entry & SERVICE) >>> SERVICE_AT);
    }

    static int lane(long entry) {
        return (int) (entry >>> LANE_AT) & ((1 << LaneNames.BITS) - 1);
    }

    /** Whether it is of the id with these further bits. */
    static boolean isOf(long entry, long check) {
        return (entry ^ (check << CHECK_AT)) >>> CHECK_AT == 0;
    }

    /** Whether both have the same lane, or none. */
    static boolean agree(long one, long other) {
        return state(one) == state(other) && (state(one) == NO_LANE || lane(one) == lane(other));
    }

    static long conflict(long entry) {
        return entry | CONFLICT;
    }

    /** The same of more than one service. */
    static long ofSeveral(long entry) {
        return entry & ~SERVICE;
    }
}
