package io.laneway.xds.resource;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a node says of itself that decides what it gets. Immutable.
 *
 * @param external whether external clients call it
 * @param services those that it wants, as {@code order} or {@code order.shop}; empty for all
 * @param listener where an Envoy listens, {@code host:port}
 */
public record Traits(Dialect dialect, boolean external, Set<String> services, String listener) {

    /** Where Envoys listen that say nothing else: as sidecars, for what runs beside them. */
    public static final String SIDECAR = "127.0.0.1:15001";

    private static final Pattern LISTENER = Pattern.compile("([0-9.]+|\\[[0-9a-fA-F:.]+]):[0-9]{1,5}");

    public Traits {
        services = Set.copyOf(services);
        if (!LISTENER.matcher(listener).matches()) {
            throw new IllegalArgumentException(
                    "listener: '" + listener + "' (expected: an IP address and a port, such as " + SIDECAR + ")");
        }
    }
}
