package io.laneway.replay.send;

import java.util.Set;

/** Which methods change nothing (RFC 9110, 9.2.1). Stateless. */
public final class Methods {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private Methods() {}

    /** Whether requests of this method may be sent again without asking. */
    public static boolean safe(String method) {
        return SAFE.contains(method);
    }
}
