package io.laneway.gateway.telemetry.tracing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Ids as hex digits in lower case, as trace headers write them. Stateless. */
final class HexDigits {

    /** Digits of a span's id, and of half a trace's. */
    static final int LONG = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long NIBBLES = 0x0f0f0f0f0f0f0f0fL;
    private static final long ONES = 0x0101010101010101L;

    /** From the digit behind 9 to the letter a. */
    private static final int TO_LETTERS = 'a' - '0' - 10;

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
        LONGS.set(array, at, digits(value >>> Integer.SIZE));
        LONGS.set(array, at + Long.BYTES, digits(value & 0xffffffffL));
    }

    /** The digits of 32 bits, one in each byte: the bits are spread out, then all are turned into digits at once. */
    private static long digits(long value) {
        long spread = (value | (value << 16)) & 0x0000ffff0000ffffL;
        spread = (spread | (spread << 8)) & 0x00ff00ff00ff00ffL;
        spread = (spread | (spread << 4)) & NIBBLES;
        long letters = ((spread + ONES * 6) >>> 4) & ONES;
        return spread + ONES * '0' + letters * TO_LETTERS;
    }
}
