package io.laneway.gateway.telemetry.accesslog;

import java.nio.charset.StandardCharsets;

/** Constant text as bytes. */
final class Ascii {

    private Ascii() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
