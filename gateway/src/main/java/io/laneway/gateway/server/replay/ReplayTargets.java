package io.laneway.gateway.server.replay;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Where requests of replays go that are for the gateway itself. Safe for many threads. */
@FunctionalInterface
public interface ReplayTargets {

    /**
     * The address of a listener as this process reaches it.
     *
     * @param listener its name; null for the one that services call
     * @throws IllegalArgumentException if there is none
     */
    URI of(@Nullable String listener);
}
