package io.laneway.transcode;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986 section 2.1). What is malformed stays as it is. Stateless. */
final class Percent {

    private Percent() {}

    /**
     * Decodes a text.
     *
     * @param slashes whether {@code %2F} is decoded as well: a path of several segments would get more of them
     */
    static String decode(String text, boolean slashes) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream(text.length());
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < all.length; i++) {
            int octet = all[i] == '%' ? octet(all, i) : -1;
            if (octet < 0 || (octet == '/' && !slashes)) {
                octets.write(all[i]);
            } else {
                octets.write(octet);
                i += 2;
            }
        }
        return octets.toString(StandardCharsets.UTF_8);
    }

    private static int octet(byte[] all, int at) {
        if (at + 2 >= all.length) {
            return -1;
        }
        int high = Character.digit(all[at + 1], 16);
        int low = Character.digit(all[at + 2], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
