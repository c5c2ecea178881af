package io.laneway.gateway.upstream.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.limit.FleetRates;
import io.laneway.gateway.upstream.balance.SessionKey;
import io.laneway.gateway.upstream.health.HealthChecker;
import io.laneway.gateway.upstream.join.JoinRoute;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What clusters are made with. Immutable.
 *
 * @param loops how many event loops the gateway has
 * @param nanos a clock for durations, as {@link System#nanoTime}
 * @param healthChecker checks endpoints
 * @param zone of the gateway, empty if unknown
 * @param sessions makes the values of session cookies
 * @param rates counts rates with other gateways, null where nothing does
 * @param joins the way to addresses that joined, null for others
 * @param breakers what deployments bear at a time, by name, while they are in use
 */
public record ClusterEnvironment(
        int loops,
        LongSupplier nanos,
        HealthChecker healthChecker,
        String zone,
        SessionKey sessions,
        Function<String, @Nullable JoinRoute> joins,
        Cache<String, CircuitBreaker> breakers,
        @Nullable FleetRates rates) {

    /** Nothing counted yet. */
    public ClusterEnvironment(
            int loops,
            LongSupplier nanos,
            HealthChecker healthChecker,
            String zone,
            SessionKey sessions,
            Function<String, @Nullable JoinRoute> joins,
            @Nullable FleetRates rates) {
        this(
                loops,
                nanos,
                healthChecker,
                zone,
                sessions,
                joins,
                Caffeine.newBuilder().weakValues().build(),
                rates);
    }

    /** Nothing counted yet, and nothing that joined. */
    public ClusterEnvironment(
            int loops,
            LongSupplier nanos,
            HealthChecker healthChecker,
            String zone,
            SessionKey sessions,
            @Nullable FleetRates rates) {
        this(loops, nanos, healthChecker, zone, sessions, address -> null, rates);
    }

    /** What counts for a deployment, the same object as long as it is in use. */
    CircuitBreaker breaker(String service, String lane) {
        return breakers.get(lane + '/' + service, key -> new CircuitBreaker());
    }

    /** Whether checks find out when an endpoint is back; else none may be left out. */
    boolean hasHealthChecks() {
        return healthChecker != HealthChecker.NONE;
    }

    /** Without health checks. */
    public static ClusterEnvironment withoutHealthChecks(int loops) {
        return new ClusterEnvironment(loops, System::nanoTime, HealthChecker.NONE, "", SessionKey.PUBLIC, null);
    }
}
