package io.laneway.gateway.telemetry.recording;

import java.util.Locale;

/** Why a request that a recording matched was not kept. */
enum Loss {
    /** The event loop held as much as it may. */
    MEMORY,
    /** The file could not be written. */
    DISK,
    /** The gateway has no directory for files. */
    DIRECTORY,
    /** The recording had ended before the request did. */
    ENDED,
    /** It became a tunnel or a WebSocket. */
    UPGRADE,
    /** It could not be redacted. */
    REDACTION;

    private final String word = name().toLowerCase(Locale.ROOT);

    String word() {
        return word;
    }
}
