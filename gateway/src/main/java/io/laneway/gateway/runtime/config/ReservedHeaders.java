package io.laneway.gateway.runtime.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The header names in which authorizers and filters have no say: those of framing, of the way of a request, and of its lane.
 * Stateless.
 */
public final class ReservedHeaders {

    private static final Set<String> TAKEN = Set.of(
            "baggage",
            "connection",
            "content-length",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "max-forwards",
            "proxy-connection",
            "te",
            "trace-branch",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via",
            "x-real-ip");

    private static final List<String> TAKEN_FAMILIES = List.of(":", "x-laneway-", "x-forwarded-");

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

    private ReservedHeaders() {}

    /** Whether it may be set or removed on a request, in any spelling that applications take for it. */
    public static boolean mayBeSet(String name) {
        String field = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return !TAKEN.contains(field) && TAKEN_FAMILIES.stream().noneMatch(field::startsWith);
    }

    /** Whether it may be set on a response. */
    public static boolean mayRespond(String name) {
        String field = name.toLowerCase(Locale.ROOT);
        return !FRAMING.contains(field) && !field.startsWith(":") && !field.startsWith("x-laneway-");
    }
}
