package io.laneway.control.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the calls of one client: a bucket of tokens that fills at a rate, and holds two seconds of it. Safe for many
 * threads. Clients that were quiet for these two seconds have a full bucket and are forgotten.
 */
public final class RequestLimit {

    /** Clients that are remembered. */
    static final int MAX_CLIENTS = 10_000;

    private static final int BURST_SECONDS = 2;

    private final int perSecond;
    private final int burst;
    private final Clock clock;
    private final Cache<String, Bucket> buckets;

    private record Bucket(double tokens, long at) {}

    /** @param perSecond 0 for no bound */
    public RequestLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.burst = BURST_SECONDS * perSecond;
        this.clock = clock;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterWrite(Duration.ofSeconds(BURST_SECONDS))
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .executor(Runnable::run)
                .build();
    }

    /** Takes a token for a client; false if there is none. */
    boolean admit(String client) {
        if (perSecond == 0) {
            return true;
        }
        long now = clock.millis();
        boolean[] admitted = {false};
        buckets.asMap().compute(client, (name, bucket) -> {
            double tokens = bucket == null ? burst : fill(bucket, now);
            admitted[0] = tokens >= 1;
            return new Bucket(admitted[0] ? tokens - 1 : tokens, now);
        });
        return admitted[0];
    }

    /** Whether a client has a token left; takes none. */
    boolean has(String client) {
        Bucket bucket = perSecond == 0 ? null : buckets.getIfPresent(client);
        return bucket == null || fill(bucket, clock.millis()) >= 1;
    }

    /** How many clients are remembered. */
    long clients() {
        buckets.cleanUp();
        return buckets.estimatedSize();
    }

    private double fill(Bucket bucket, long now) {
        return Math.min(burst, bucket.tokens() + Math.max(0, now - bucket.at()) * perSecond / 1000.0);
    }
}
