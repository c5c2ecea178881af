package io.laneway.kafka.spring;

import io.laneway.kafka.lane.LaneContext;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lane that a listener's thread works for; a new one ends the one before. Safe for many threads. */
final class ThreadScope {

    private static final ThreadLocal<LaneContext.@Nullable Scope> SCOPES = new ThreadLocal<>();
    private final Function<@Nullable String, LaneContext.Scope> opener;

    ThreadScope(Function<@Nullable String, LaneContext.Scope> opener) {
        this.opener = opener;
    }

    void open(@Nullable String lane) {
        close();
        SCOPES.set(opener.apply(lane));
    }

    void close() {
        LaneContext.Scope scope = SCOPES.get();
        if (scope != null) {
            SCOPES.remove();
            scope.close();
        }
    }
}
