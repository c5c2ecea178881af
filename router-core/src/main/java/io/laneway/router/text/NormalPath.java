package io.laneway.router.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The form of a path that gateways route by (RFC 3986 section 6.2.2): encoded unreserved characters decoded, dot segments
 * removed. What a document compares with paths of requests has to have it, else it matches none. Stateless.
 */
public final class NormalPath {

    private static final int OCTET = 3;
    private static final int DELETE = 0x7f;
    private static final String MARKS = "-._~";

    private NormalPath() {}

    /** The normal form of a path that begins with a slash; null if no request that gateways forward has such a path. */
    public static @Nullable String of(String path) {
        String decoded = decoded(path);
        if (decoded == null || decoded.indexOf('\\') >= 0) {
            return null;
        }
        Deque<String> segments = new ArrayDeque<>();
        String[] all = decoded.substring(1).split("/", -1);
        for (int i = 0; i < all.length; i++) {
            if (isVeiled(all[i])) {
                return null;
            }
            if (all[i].equals("..")) {
                segments.pollLast();
            }
            if (!isDots(all[i])) {
                segments.add(all[i]);
            } else if (i == all.length - 1) {
                segments.add("");
            }
        }
        return joined(segments);
    }

    private static String joined(Deque<String> segments) {
        StringBuilder path = new StringBuilder();
        Iterator<String> each = segments.iterator();
        while (each.hasNext()) {
            path.append('/').append(each.next());
        }
        return path.toString();
    }

    /** With what is unreserved decoded; null for what is no octet, or is a control character. */
    private static @Nullable String decoded(String path) {
        StringBuilder text = new StringBuilder(path.length());
        int p = 0;
        while (p < path.length()) {
            if (path.charAt(p) != '%') {
                text.append(path.charAt(p++));
                continue;
            }
            int value = octet(path, p);
            if (value < ' ' || value == DELETE || isOverlong(path, p, value)) {
                return null;
            }
            if (isUnreserved(value)) {
                text.append((char) value);
            } else {
                text.append(path, p, p + OCTET);
            }
            p += OCTET;
        }
        return text.toString();
    }

    private static int octet(String path, int at) {
        boolean encoded = at + OCTET <= path.length()
                && path.charAt(at) == '%'
                && HexFormat.isHexDigit(path.charAt(at + 1))
                && HexFormat.isHexDigit(path.charAt(at + 2));
        return encoded ? HexFormat.fromHexDigits(path, at + 1, at + OCTET) : -1;
    }

    /** Whether a character of US-ASCII begins here that is encoded as two octets of UTF-8. */
    private static boolean isOverlong(String path, int at, int value) {
        return (value == 0xc0 || value == 0xc1) && octet(path, at + OCTET) >= 0x80;
    }

    private static boolean isUnreserved(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c < DELETE && MARKS.indexOf(c) >= 0);
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }

    /** Whether the segment would hold dots for a reader that cuts it at encoded slashes or drops parameters. */
    private static boolean isVeiled(String segment) {
        String[] parts = segment.split("(?i)%2f|%5c", -1);
        for (String part : parts) {
            int parameters = part.indexOf(';');
            boolean cut = parts.length > 1 || parameters >= 0;
            if (cut && isDots(parameters < 0 ? part : part.substring(0, parameters))) {
                return true;
            }
        }
        return false;
    }
}
