package io.laneway.gateway.upstream.endpoint;

import java.util.Locale;

/** The state of an endpoint, as metrics name it: the first that applies. */
public enum EndpointState {
    /** The table takes it out of service; what runs there is finished. */
    DRAINING,
    /** The table says that it is not ready, or gives it no weight. */
    UNREADY,
    /** The last connection to it could not be made; it is tried again and again. */
    UNREACHABLE,
    /** Active health checks find it unhealthy. */
    UNHEALTHY,
    /** Left out for a while for errors in a row. */
    EJECTED,
    /** None of these: requests go there. */
    USABLE;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** The word in metrics. */
    public String word() {
        return word;
    }
}
