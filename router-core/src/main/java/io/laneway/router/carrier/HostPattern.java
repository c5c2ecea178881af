package io.laneway.router.carrier;

import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A host name with one place in it, such as <code>app-{lane}.example.com</code>. The place takes at least one
 * character of one label. Immutable. Case-insensitive.
 */
public final class HostPattern {

    private final String pattern;
    private final byte[] bytes;
    private final byte[] before;
    private final byte[] after;

    private HostPattern(String pattern, String before, String after) {
        this.pattern = pattern;
        this.bytes = pattern.getBytes(StandardCharsets.UTF_8);
        this.before = before.getBytes(StandardCharsets.UTF_8);
        this.after = after.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads a pattern.
     *
     * @param place the word in braces, such as {@code lane}
     * @throws IllegalArgumentException if the pattern has no such place
     */
    public static HostPattern parse(String pattern, String place) {
        String mark = "{" + place + "}";
        int at = pattern.indexOf(mark);
        if (at < 0) {
            throw new IllegalArgumentException("host: " + pattern + " (expected: a pattern with " + mark + ")");
        }
        String lower = pattern.toLowerCase(Locale.ROOT);
        return new HostPattern(pattern, lower.substring(0, at), lower.substring(at + mark.length()));
    }

    /** The pattern as written, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Points {@code into} at what stands in the place, if the host (without port) fits the pattern. */
    public boolean match(Slice host, Slice into) {
        int place = host.length() - before.length - after.length;
        if (place < 1 || !regionMatches(host, 0, before) || !regionMatches(host, host.length() - after.length, after)) {
            return false;
        }
        for (int i = 0; i < place; i++) {
            if (host.byteAt(before.length + i) == '.') {
                return false;
            }
        }
        into.set(host.array(), host.offset() + before.length, place);
        return true;
    }

    /**
     * The host with the place and one separator beside it taken out, in lower case: {@code app.example.com} for
     * <code>app-{lane}.example.com</code>.
     */
    public String without() {
        String head = new String(before, StandardCharsets.UTF_8);
        String tail = new String(after, StandardCharsets.UTF_8);
        boolean labelBegins = head.isEmpty() || head.endsWith(".");
        if (labelBegins && (tail.startsWith("-") || tail.startsWith("."))) {
            return head + tail.substring(1);
        }
        boolean separated = head.endsWith("-") || (head.endsWith(".") && tail.isEmpty());
        return separated ? head.substring(0, head.length() - 1) + tail : head + tail;
    }

    /** The host that a lane has by this pattern, in lower case. */
    public String with(String lane) {
        return new String(before, StandardCharsets.UTF_8) + lane + new String(after, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return pattern;
    }

    private static boolean regionMatches(Slice host, int from, byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            byte c = host.byteAt(from + i);
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
