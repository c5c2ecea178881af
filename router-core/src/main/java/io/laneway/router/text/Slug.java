package io.laneway.router.text;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The form under which lane names are compared: lower case, every run of characters outside {@code [a-z0-9-]} one
 * {@code -}, no {@code -} at either end. A name with non-ASCII characters, and one longer than 63, is cut to 54 and
 * gets {@code -} and 8 hex digits of the SHA-256 of the raw name, so that a slug is a DNS label (RFC 1123).
 */
public final class Slug {

    /** Longest slug, in characters. */
    public static final int MAX = 63;

    private static final int CUT = 54;
    private static final int HASH_BYTES = 4;

    private Slug() {}

    /** The slug of a raw name; empty if nothing of it remains. */
    public static String of(String raw) {
        StringBuilder slug = new StringBuilder(raw.length());
        boolean ascii = true;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            ascii &= c < 0x80;
            append(slug, c);
        }
        trimEnd(slug);
        if (ascii && slug.length() <= MAX) {
            return slug.toString();
        }
        slug.setLength(Math.min(slug.length(), CUT));
        trimEnd(slug);
        return slug.isEmpty() ? hash(raw) : slug + "-" + hash(raw);
    }

    /**
     * Returns the name if it can name a lane or shift.
     *
     * @throws IllegalArgumentException if its slug is empty or it holds control characters
     */
    public static String requireName(String field, String name) {
        if (of(name).isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + ": '" + name
                    + "' (expected: a name with at least one letter or digit, no control characters)");
        }
        return name;
    }

    private static void append(StringBuilder slug, char c) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
            slug.append(c);
        } else if (c >= 'A' && c <= 'Z') {
            slug.append((char) (c + ('a' - 'A')));
        } else if (!slug.isEmpty() && (c == '-' || slug.charAt(slug.length() - 1) != '-')) {
            slug.append('-');
        }
    }

    private static void trimEnd(StringBuilder slug) {
        int end = slug.length();
        while (end > 0 && slug.charAt(end - 1) == '-') {
            end--;
        }
        slug.setLength(end);
    }

    private static String hash(String raw) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(raw.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}
