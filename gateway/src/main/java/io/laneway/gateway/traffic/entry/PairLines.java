package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Takes pairs off the lines of a request by their names: cookies (RFC 6265 section 4.2), or members of W3C Baggage. Lines
 * without any stay as they are. Stateless.
 */
public final class PairLines {

    private PairLines() {}

    /** Removes the cookies of those names. */
    public static void removeCookies(HeaderLines lines, byte[][] names) {
        remove(lines, Field.COOKIE, ";", names);
    }

    /** Removes the members of those names. */
    public static void removeMembers(HeaderLines lines, byte[][] names) {
        remove(lines, Field.BAGGAGE, ",", names);
    }

    private static void remove(HeaderLines lines, Field field, String separator, byte[][] names) {
        int count = lines.count();
        for (int line = lines.find(field, 0); line >= 0 && line < count; line = lines.find(field, line + 1)) {
            Slice value = new Slice();
            lines.value(line, value);
            String left = without(value.toString(), separator, names);
            if (left.length() < value.length()) {
                lines.remove(line);
                if (!left.isEmpty()) {
                    lines.add(field.header(), left);
                }
            }
        }
    }

    private static String without(String pairs, String separator, byte[][] names) {
        StringBuilder left = new StringBuilder(pairs.length());
        boolean removed = false;
        for (String pair : pairs.split(separator, -1)) {
            if (isOne(pair, names)) {
                removed = true;
            } else {
                left.append(left.length() == 0 ? "" : separator).append(pair);
            }
        }
        return removed ? left.toString().strip() : pairs;
    }

    private static boolean isOne(String pair, byte[][] names) {
        int equals = pair.indexOf('=');
        byte[] name = pair.substring(0, Math.max(equals, 0)).strip().getBytes(StandardCharsets.ISO_8859_1);
        return equals >= 0 && Arrays.stream(names).anyMatch(each -> Arrays.equals(each, name));
    }
}
