package io.laneway.replay.socket;

import java.util.Arrays;

/** The end of UTF-8 that was cut somewhere (RFC 3629, 3). Stateless. */
final class Utf8End {

    private static final int LONGEST = 4;

    private Utf8End() {}

    /** The text up to its last whole character. */
    static byte[] whole(byte[] text) {
        int lead = text.length - 1;
        while (lead >= 0 && text.length - lead < LONGEST && (text[lead] & 0xc0) == 0x80) {
            lead--;
        }
        return lead >= 0 && text.length - lead < length(text[lead] & 0xff) ? Arrays.copyOf(text, lead) : text;
    }

    /** Bytes of a character that begins with this one. */
    private static int length(int first) {
        return first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    }
}
