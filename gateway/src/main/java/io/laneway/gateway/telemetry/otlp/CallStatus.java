package io.laneway.gateway.telemetry.otlp;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What spans say of calls of gRPC (semantic conventions for gRPC). Stateless. */
final class CallStatus {

    private static final List<String> NAMES = List.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    /** Those for which a server is to blame. */
    private static final Set<String> SERVERS =
            Set.of("UNKNOWN", "DEADLINE_EXCEEDED", "UNIMPLEMENTED", "INTERNAL", "UNAVAILABLE", "DATA_LOSS");

    private CallStatus() {}

    static String name(int code) {
        return code < NAMES.size() ? NAMES.get(code) : Integer.toString(code);
    }

    /** Whether a span of the server's side failed by it; one of the client's side does by everything but {@code OK}. */
    static boolean isServersError(int code) {
        return code >= NAMES.size() || SERVERS.contains(name(code));
    }

    /** The method as {@code package.Service/Method}; null if the path names none. */
    static @Nullable String method(String target) {
        int slash = target.indexOf('/', 1);
        boolean plain = slash > 1 && slash < target.length() - 1 && target.indexOf('/', slash + 1) < 0;
        return plain && target.charAt(0) == '/' && target.indexOf('?') < 0 ? target.substring(1) : null;
    }
}
