package io.laneway.gateway.telemetry.tracing;

/** Ids as hex digits in lower case, as trace headers write them. Stateless. */
final class HexDigits {

    /** Digits of a span's id, and of half a trace's. */
    static final int LONG = 16;

    private static final byte[] DIGITS = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
    };

    private HexDigits() {}

    /** Whether there are that many digits. */
    static boolean are(byte[] array, int at, int count) {
        for (int i = at; i < at + count; i++) {
            if (value(array[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Reads that many digits, sixteen at most. */
    static long read(byte[] array, int at, int count) {
        long value = 0;
        for (int i = at; i < at + count; i++) {
            value = value << 4 | value(array[i]);
        }
        return value;
    }

    private static int value(byte digit) {
        if (digit >= '0' && digit <= '9') {
            return digit - '0';
        }
        return digit >= 'a' && digit <= 'f' ? digit - 'a' + 10 : -1;
    }

    /** Writes sixteen digits. */
    static void write(long value, byte[] array, int at) {
        for (int i = 0; i < LONG; i++) {
            array[at + i] = DIGITS[(int) (value >>> (60 - 4 * i)) & 0xf];
        }
    }
}
