package io.laneway.router.decision;

import java.util.Locale;

/** Where the requested lane came from. In the order in which they are tried, but for {@link #TENANT} and {@link #QUESTION}. */
public enum Origin {
    /** Nothing asked for, nothing assigned. */
    NONE,
    /** The stamp that a gateway before us wrote. */
    STAMP,
    HEADER,
    QUERY,
    COOKIE,
    BAGGAGE,
    HOST,
    /** The route. */
    ROUTE,
    /** The listener's default lane. */
    LISTENER,
    /** The lane of the request's trace, as an earlier request said it. */
    MEMORY,
    /** The tenant, by the service's shift. */
    TENANT,
    /** The id of a request without a tenant, by the service's shift. */
    REQUEST,
    /** Named in the question, when a decision is explained. */
    QUESTION;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** Whether it is a carrier: what clients say, which may have to be signed. */
    boolean isCarrier() {
        return switch (this) {
            case HEADER, QUERY, COOKIE, BAGGAGE, HOST -> true;
            case NONE, STAMP, ROUTE, LISTENER, MEMORY, TENANT, REQUEST, QUESTION -> false;
        };
    }

    /** The word as users see it, such as {@code header}. */
    public String word() {
        return word;
    }
}
