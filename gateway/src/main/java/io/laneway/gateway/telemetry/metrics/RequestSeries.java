package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.runtime.record.TraceMark;
import io.laneway.router.decision.Reason;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One loop's counts of requests with the same service, served lane, requested lane and reason. The loop changes it, any
 * thread may read it.
 */
final class RequestSeries {

    /** The code classes: no response, then 1xx to 5xx. */
    static final int CODES = 6;

    /** The place of calls that failed on the server's side while their HTTP status says nothing of it. */
    static final int HIDDEN_ERRORS = GrpcStatus.CODES + 1;

    /** The statuses of gRPC, all that it does not define, and {@link #HIDDEN_ERRORS}. */
    static final int GRPC = GrpcStatus.CODES + 2;

    private static final int SERVER_ERROR = 500;

    private final SeriesKey key;
    private final Latency latency = new Latency();
    private final LoopLongs codes = new LoopLongs(CODES);
    private final LoopCounter lastUsed = new LoopCounter();
    private volatile @Nullable LoopLongs grpc;
    private volatile @Nullable LoopExemplars exemplars;

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

    /** Takes note of a request that was counted and is found in traces. Only on the owning loop. */
    void exemplify(TraceMark mark, long startedMillis, long nanos) {
        LoopExemplars to = exemplars;
        if (to == null) {
            to = new LoopExemplars();
            exemplars = to;
        }
        long duration = Math.max(nanos, 0);
        to.put(Latency.bucket(duration), DurationExemplar.of(mark, startedMillis, duration));
    }

    /** Counts the status with which a call of gRPC ended, and that of HTTP. Only on the owning loop. */
    void countGrpc(int status, int http) {
        LoopLongs counts = grpc;
        if (counts == null) {
            counts = new LoopLongs(GRPC);
            grpc = counts;
        }
        counts.add(Math.min(status, GrpcStatus.CODES), 1);
        if (http < SERVER_ERROR && failed(http, status)) {
            counts.add(HIDDEN_ERRORS, 1);
        }
    }

    /** Whether a request failed on the server's side, by its HTTP status or by that of gRPC, negative for none. */
    static boolean failed(int http, int grpc) {
        return http >= SERVER_ERROR || (grpc >= 0 && GrpcStatus.http(grpc) >= SERVER_ERROR);
    }

    /** When it last counted, in milliseconds since the epoch. Any thread. */
    long lastUsed() {
        return lastUsed.get();
    }

    SeriesKey key() {
        return key;
    }

    /** Adds codes, durations and statuses of gRPC, each from its place on. Any thread. */
    void addTo(long[] sums, int durations, int statuses) {
        codes.addTo(sums, 0);
        latency.addTo(sums, durations);
        LoopLongs counts = grpc;
        if (counts != null) {
            counts.addTo(sums, statuses);
        }
    }

    void addLatencyTo(long[] sums) {
        latency.addTo(sums, 0);
    }

    /** Adds the exemplar of each bucket; does nothing if there is none. Any thread. */
    void addExemplarsTo(Supplier<@Nullable DurationExemplar[]> latest) {
        LoopExemplars from = exemplars;
        if (from != null) {
            from.addTo(latest.get());
        }
    }

    /** Adds how often each status of gRPC was seen; does nothing if none was. */
    void addGrpcTo(Supplier<long[]> sums) {
        LoopLongs counts = grpc;
        if (counts != null) {
            counts.addTo(sums.get(), 0);
        }
    }

    void addCodesTo(long[] sums) {
        codes.addTo(sums, 0);
    }
}
