package io.laneway.control.http;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the calls of one client: a bucket of tokens that fills at a rate, and holds two seconds of it. Safe for many
 * threads. Clients that were quiet long enough to have a full bucket are forgotten.
 */
public final class RequestLimit {

    private static final int MAX_CLIENTS = 10_000;

    private final int perSecond;
    private final int burst;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

    private record Bucket(double tokens, long at) {}

    /** @param perSecond 0 for no bound */
    public RequestLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.burst = 2 * perSecond;
        this.clock = clock;
    }

    /** Takes a token for a client; false if there is none. */
    boolean admit(String client) {
        if (perSecond == 0) {
            return true;
        }
        long now = clock.millis();
        if (buckets.size() > MAX_CLIENTS) {
            buckets.values().removeIf(bucket -> fill(bucket, now) >= burst);
        }
        boolean[] admitted = {false};
        buckets.compute(client, (name, bucket) -> {
            double tokens = bucket == null ? burst : fill(bucket, now);
            admitted[0] = tokens >= 1;
            return new Bucket(admitted[0] ? tokens - 1 : tokens, now);
        });
        return admitted[0];
    }

    /** Whether a client has a token left; takes none. */
    boolean has(String client) {
        Bucket bucket = perSecond == 0 ? null : buckets.get(client);
        return bucket == null || fill(bucket, clock.millis()) >= 1;
    }

    private double fill(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens() + Math.max(0, now - bucket.at()) * perSecond / 1000.0);
    }
}
