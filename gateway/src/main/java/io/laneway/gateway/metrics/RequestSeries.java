package io.laneway.gateway.metrics;

import io.laneway.gateway.observe.LoopCounter;
import io.laneway.router.decision.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One loop's counts of requests with the same service, served lane, requested lane and reason. The loop changes it, any
 * thread may read it.
 */
final class RequestSeries {

    /** The code classes: no answer, then 1xx to 5xx. */
    static final int CODES = 6;

    private final SeriesKey key;
    private final Latency latency = new Latency();
    private final LoopLongs codes = new LoopLongs(CODES);
    private final LoopCounter lastUsed = new LoopCounter();

    RequestSeries(SeriesKey key) {
        this.key = key;
    }

    boolean matches(String service, String lane, String requested, @Nullable Reason reason) {
        return key.reason() == reason
                && key.lane().equals(lane)
                && key.service().equals(service)
                && key.requested().equals(requested);
    }

    /** Counts a request that began then and took so long. Only on the owning loop. */
    void count(int status, long startedMillis, long nanos) {
        int code = status / 100;
        codes.add(code > 0 && code < CODES ? code : 0, 1);
        latency.record(nanos);
        lastUsed.set(startedMillis);
    }

    /** When it last counted, in milliseconds since the epoch. Any thread. */
    long lastUsed() {
        return lastUsed.get();
    }

    SeriesKey key() {
        return key;
    }

    void addLatencyTo(long[] sums) {
        latency.addTo(sums);
    }

    void addCodesTo(long[] sums) {
        codes.addTo(sums);
    }
}
