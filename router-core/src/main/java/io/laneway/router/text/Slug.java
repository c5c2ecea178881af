package io.laneway.router.text;

import java.nio.charset.StandardCharsets;

/**
 * The form under which lane names are compared: lower case, every run of characters outside {@code [a-z0-9-]} one
 * {@code -}, no {@code -} at either end. A name with non-ASCII characters, and one longer than 63, is cut to 54 and
 * gets {@code -} and 8 hex digits of the SHA-256 of the raw name, so that a slug is a DNS label (RFC 1123).
 */
public final class Slug {

    /** Longest slug, in characters. */
    public static final int MAX = 63;

    /** Longest name, in characters: it has to fit into a header, a query and a path. */
    public static final int MAX_NAME = 1000;

    private static final int SHOWN = 60;

    private Slug() {}

    /** The slug of a raw name; empty if nothing of it remains. */
    public static String of(String raw) {
        if (isSlug(raw)) {
            return raw;
        }
        SlugBytes slug = new SlugBytes();
        int length = slug.ofName(raw.getBytes(StandardCharsets.UTF_8));
        return new String(slug.buffer(), 0, length, StandardCharsets.ISO_8859_1);
    }

    /** Whether a name is its own slug, as most are: then none needs to be made. */
    private static boolean isSlug(String raw) {
        int length = raw.length();
        if (length == 0 || length > MAX || raw.charAt(0) == '-' || raw.charAt(length - 1) == '-') {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = raw.charAt(i);
            if (c != '-' && (c < 'a' || c > 'z') && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    /**
     * Returns the name if it can name a lane or shift.
     *
     * @throws IllegalArgumentException if its slug is empty, it holds control characters or has more than {@link #MAX_NAME}
     */
    public static String requireName(String field, String name) {
        if (name.length() > MAX_NAME) {
            throw new IllegalArgumentException(field + ": '" + name.substring(0, SHOWN) + "…', " + name.length()
                    + " characters (expected: at most " + MAX_NAME + ")");
        }
        if (of(name).isEmpty() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(field + ": '" + name
                    + "' (expected: a name with at least one letter or digit, no control characters)");
        }
        return name;
    }
}
