package io.laneway.spring;

import io.laneway.kafka.lane.LaneContext;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

/**
 * Begins work for a lane: in the {@link LaneContext}, and in OpenTelemetry's baggage where that is on the class path.
 * Safe for many threads.
 */
final class LaneScopes {

    private static final boolean BAGGAGE =
            ClassUtils.isPresent("io.opentelemetry.api.baggage.Baggage", LaneScopes.class.getClassLoader());

    private LaneScopes() {}

    /** Works for a lane, or for none if null, until the scope is closed by the same thread. */
    static LaneContext.Scope open(@Nullable String lane) {
        LaneContext.Scope own = LaneContext.open(lane);
        if (!BAGGAGE || lane == null) {
            return own;
        }
        LaneContext.Scope baggage = LaneBaggage.open(lane);
        return () -> {
            baggage.close();
            own.close();
        };
    }
}
