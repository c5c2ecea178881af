package io.laneway.replay.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Pseudonyms of secrets: {@code lwp_} and 128 bits of HMAC-SHA-256 (RFC 2104) under the key of a recording, so that equal
 * values stay equal within it, and nothing can be tried out without the key. Confined to one thread.
 */
public final class Pseudonyms {

    /** What a pseudonym looks like. */
    public static final Pattern FORM = Pattern.compile("lwp_[0-9a-f]{32}");

    private static final int KEY_BYTES = 32;
    private static final int KEPT_BYTES = 16;

    private final Mac mac;

    /** @param key at least 16 bytes that are kept secret */
    public Pseudonyms(byte[] key) {
        if (key.length < KEPT_BYTES) {
            throw new IllegalArgumentException("key: " + key.length + " bytes (expected: >= " + KEPT_BYTES + ")");
        }
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", e);
        }
    }

    /** Under a key that is kept nowhere. */
    public static Pseudonyms random() {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return new Pseudonyms(key);
    }

    /** The pseudonym of this value. */
    public String of(String value) {
        byte[] full = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        return "lwp_" + HexFormat.of().formatHex(full, 0, KEPT_BYTES);
    }

    /** Whether the whole text is a pseudonym. */
    public static boolean is(String text) {
        return text.startsWith("lwp_") && FORM.matcher(text).matches();
    }
}
