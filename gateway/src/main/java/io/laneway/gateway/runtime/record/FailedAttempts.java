package io.laneway.gateway.runtime.record;

/**
 * The attempts of one exchange that failed, the first of them. Mutable, so that an exchange can use its own again without
 * allocation; it allocates at the first failure. Confined to one event loop.
 */
public final class FailedAttempts {

    /** So many are kept. */
    public static final int MOST = 16;

    /** Of an exchange without any. */
    public static final FailedAttempts NONE = new FailedAttempts();

    private String[] upstreams = {};
    private ResponseFlag[] flags = {};
    private int[] statuses = {};
    private long[] after = {};
    private int count;

    public void clear() {
        count = 0;
    }

    /**
     * Adds one.
     *
     * @param status     of the response for which it was given up, 0 if it had none
     * @param afterNanos from the beginning of the exchange
     */
    public void add(String upstream, ResponseFlag flag, int status, long afterNanos) {
        if (count == MOST) {
            return;
        }
        if (upstreams.length == 0) {
            upstreams = new String[MOST];
            flags = new ResponseFlag[MOST];
            statuses = new int[MOST];
            after = new long[MOST];
        }
        upstreams[count] = upstream;
        flags[count] = flag;
        statuses[count] = status;
        after[count++] = afterNanos;
    }

    public int count() {
        return count;
    }

    /** The endpoint, {@code host:port}. */
    public String upstream(int i) {
        return upstreams[i];
    }

    /** Why it failed; {@link ResponseFlag#NONE} for its response's status. */
    public ResponseFlag flag(int i) {
        return flags[i];
    }

    /** The status of its response, 0 if it had none. */
    public int status(int i) {
        return statuses[i];
    }

    /** When it failed, from the beginning of the exchange. */
    public long afterNanos(int i) {
        return after[i];
    }
}
