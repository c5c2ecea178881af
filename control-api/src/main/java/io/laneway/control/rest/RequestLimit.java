package io.laneway.control.rest;

import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the calls of one address: a bucket of tokens that fills at a rate. Safe for many threads. Addresses that were
 * quiet long enough to have a full bucket are forgotten.
 */
public final class RequestLimit {

    private static final int MAX_ADDRESSES = 10_000;

    private final int perSecond;
    private final int burst;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(double tokens, long at) {}

    /** @param perSecond 0 for no bound */
    public RequestLimit(int perSecond, int burst, Clock clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /** Takes a token for an address, or says that there is none. */
    boolean admit(@Nullable SocketAddress from) {
        if (perSecond == 0 || from == null) {
            return true;
        }
        long now = clock.millis();
        if (buckets.size() > MAX_ADDRESSES) {
            buckets.values().removeIf(bucket -> fill(bucket, now) >= burst);
        }
        boolean[] admitted = {false};
        buckets.compute(from.hostAddress(), (address, bucket) -> {
            double tokens = bucket == null ? burst : fill(bucket, now);
            admitted[0] = tokens >= 1;
            return new Bucket(admitted[0] ? tokens - 1 : tokens, now);
        });
        return admitted[0];
    }

    private double fill(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens() + Math.max(0, now - bucket.at()) * perSecond / 1000.0);
    }
}
