package io.laneway.router.route;

import io.laneway.router.model.Route;

/** Where a route leads. Immutable. */
public final class Target {

    private final Route route;
    private final int service;
    private final byte[] prefix;

    Target(Route route, int service) {
        this.route = route;
        this.service = service;
        this.prefix = PathMap.prefix(route.path());
    }

    public Route route() {
        return route;
    }

    /** The service's place in its table. */
    public int service() {
        return service;
    }

    /** How many bytes of the path to take off before forwarding; 0 for none. What remains may be empty, for {@code /}. */
    public int strip() {
        return route.stripPrefix() ? prefix.length : 0;
    }

    byte[] prefix() {
        return prefix;
    }
}
