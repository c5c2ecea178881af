package io.laneway.gateway.protocol.head;

import java.nio.charset.StandardCharsets;

/** Constant text and numbers as ASCII in byte arrays. Stateless. */
public final class Ascii {

    /** Most digits of a number that is not negative. */
    public static final int MAX_DIGITS = 19;

    private Ascii() {}

    /** Text that has ASCII alone. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Writes a number that is not negative at {@code at} and returns the place behind it. */
    public static int number(byte[] array, int at, long value) {
        int digits = 1;
        for (long rest = value; rest >= 10; rest /= 10) {
            digits++;
        }
        long rest = value;
        for (int i = at + digits - 1; i >= at; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return at + digits;
    }

    /** Reads digits only; -1 if there are none, another character, or more than a {@code long} holds. */
    public static long parse(byte[] array, int offset, int length) {
        if (length == 0 || length > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = offset; i < offset + length; i++) {
            int digit = array[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
            if (value < 0) {
                return -1;
            }
        }
        return value;
    }
}
