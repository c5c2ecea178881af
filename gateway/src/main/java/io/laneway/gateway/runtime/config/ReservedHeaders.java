package io.laneway.gateway.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header names in which authorizers and filters have no say: those of framing, of the way of a request, and of its lane.
 * Stateless.
 */
public final class ReservedHeaders {

    /** Of a message's framing and connection. */
    private static final Set<String> FRAMING = Set.of(
            "connection",
            "content-length",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** Of a request's way and lane. */
    private static final Set<String> TAKEN =
            Set.of("baggage", "expect", "forwarded", "max-forwards", "trace-branch", "via", "x-real-ip");

    private static final List<String> TAKEN_FAMILIES = List.of(":", "x-laneway-", "x-forwarded-");

    private ReservedHeaders() {}

    /** Whether a name in lower case is of a message's framing and connection, which is of one hop. */
    public static boolean isFraming(String name) {
        return FRAMING.contains(name);
    }

    /** Whether it may be set or removed on a request, in any spelling that applications take for it. */
    public static boolean mayBeSet(String name) {
        String field = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return !isFraming(field)
                && !TAKEN.contains(field)
                && TAKEN_FAMILIES.stream().noneMatch(field::startsWith);
    }

    /** Whether it may be set on a response. */
    public static boolean mayRespond(String name) {
        String field = name.toLowerCase(Locale.ROOT);
        return !isFraming(field) && !field.startsWith(":") && !field.startsWith("x-laneway-");
    }
}
