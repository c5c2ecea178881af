package io.laneway.router.carrier;

import io.laneway.router.text.Slice;

/**
 * Percent-decoding (RFC 3986 section 2.1) into a buffer of its own. Confined to one thread; what it decoded is valid
 * until the next call. Text without escapes stays where it is; a broken escape stands for itself.
 */
public final class Percent {

    private byte[] buffer = new byte[256];

    /**
     * Points {@code value} at its decoded form.
     *
     * @param form whether {@code +} means a space, as in queries
     */
    public void decode(Slice value, boolean form) {
        int length = value.length();
        int clean = 0;
        while (clean < length && value.byteAt(clean) != '%' && !(form && value.byteAt(clean) == '+')) {
            clean++;
        }
        if (clean < length) {
            rewrite(value, form, clean);
        }
    }

    private void rewrite(Slice value, boolean form, int clean) {
        int length = value.length();
        if (buffer.length < length) {
            buffer = new byte[length];
        }
        System.arraycopy(value.array(), value.offset(), buffer, 0, clean);
        int to = clean;
        for (int i = clean; i < length; i++) {
            byte c = value.byteAt(i);
            if (c == '%' && i + 2 < length && hex(value.byteAt(i + 1)) >= 0 && hex(value.byteAt(i + 2)) >= 0) {
                c = (byte) (hex(value.byteAt(i + 1)) << 4 | hex(value.byteAt(i + 2)));
                i += 2;
            } else if (c == '+' && form) {
                c = ' ';
            }
            buffer[to++] = c;
        }
        value.set(buffer, 0, to);
    }

    private static int hex(byte c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }
}
