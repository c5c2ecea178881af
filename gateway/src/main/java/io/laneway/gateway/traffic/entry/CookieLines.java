package io.laneway.gateway.traffic.entry;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Takes cookies off the lines of a request (RFC 6265 section 4.2). Stateless. */
public final class CookieLines {

    private CookieLines() {}

    /** Removes the cookies of those names; lines without any stay as they are. */
    public static void remove(HeaderLines lines, byte[][] names) {
        int count = lines.count();
        for (int line = lines.find(Field.COOKIE, 0);
                line >= 0 && line < count;
                line = lines.find(Field.COOKIE, line + 1)) {
            Slice value = new Slice();
            lines.value(line, value);
            String left = without(value.toString(), names);
            if (left.length() < value.length()) {
                lines.remove(line);
                if (!left.isEmpty()) {
                    lines.add(Field.COOKIE.header(), left);
                }
            }
        }
    }

    private static String without(String cookies, byte[][] names) {
        StringBuilder left = new StringBuilder(cookies.length());
        boolean removed = false;
        for (String pair : cookies.split(";", -1)) {
            if (isOne(pair, names)) {
                removed = true;
            } else {
                left.append(left.length() == 0 ? "" : ";").append(pair);
            }
        }
        return removed ? left.toString().strip() : cookies;
    }

    private static boolean isOne(String pair, byte[][] names) {
        int equals = pair.indexOf('=');
        byte[] name = pair.substring(0, Math.max(equals, 0)).strip().getBytes(StandardCharsets.ISO_8859_1);
        return equals >= 0 && Arrays.stream(names).anyMatch(each -> Arrays.equals(each, name));
    }
}
