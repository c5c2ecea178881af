package io.laneway.replay.redact;

import java.nio.charset.StandardCharsets;

/**
 * Redacts bytes that are no text by shapes alone, each by as many bytes as it had: lengths are often written before values,
 * as in protobuf. Stateless.
 */
final class BinaryRedactor {

    private BinaryRedactor() {}

    static byte[] redact(byte[] bytes, String place, Replacements replacements) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String redacted = SecretShapes.replace(
                text, (shape, secret) -> fitted(replacements.replace(secret, place + " (" + shape + ")"), secret));
        return redacted.equals(text) ? bytes : redacted.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The pseudonym in as many characters as the secret has. */
    static String fitted(String pseudonym, String secret) {
        StringBuilder fitted = new StringBuilder(secret.length());
        while (fitted.length() < secret.length()) {
            fitted.append(pseudonym);
        }
        return fitted.substring(0, secret.length());
    }
}
