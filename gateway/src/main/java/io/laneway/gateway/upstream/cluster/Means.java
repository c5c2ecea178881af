package io.laneway.gateway.upstream.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.gateway.upstream.health.Watch;
import io.laneway.gateway.runtime.limit.Breaker;
import java.util.function.LongSupplier;

/**
 * What clusters are made with. Immutable.
 *
 * @param loops how many event loops the gateway has
 * @param nanos a clock for durations, as {@link System#nanoTime}
 * @param watch looks after endpoints
 * @param breakers what deployments bear at a time, by name, while they are in use
 */
public record Means(int loops, LongSupplier nanos, Watch watch, Cache<String, Breaker> breakers) {

    /** Nothing counted yet. */
    public Means(int loops, LongSupplier nanos, Watch watch) {
        this(loops, nanos, watch, Caffeine.newBuilder().weakValues().build());
    }

    /** What counts for a deployment, the same object as long as somebody has it. */
    Breaker breaker(String service, String lane) {
        return breakers.get(lane + '/' + service, key -> new Breaker());
    }

    /** Whether somebody finds out when an endpoint is back; else none may be left out. */
    boolean watched() {
        return watch != Watch.NONE;
    }

    /** Nobody looks after endpoints. */
    public static Means unwatched(int loops) {
        return new Means(loops, System::nanoTime, Watch.NONE);
    }
}
