package io.laneway.gateway.telemetry.tap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.UUID;

/**
 * Ids in hex digits, eight at a time, as bits: only such in lower case, so that they can be written again as they were.
 * Stateless.
 */
final class PackedId {

    /** Characters of a UUID (RFC 9562). */
    static final int UUID_LENGTH = 36;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private PackedId() {}

    /** Eight hex digits as 32 bits, or -1. */
    static long eight(byte[] from, int offset) {
        return pack((long) LONG.get(from, offset));
    }

    private static long four(byte[] from, int high, int low) {
        return pack(((long) (int) INT.get(from, high) << 32) | ((int) INT.get(from, low) & 0xffffffffL));
    }

    private static long pack(long text) {
        long digits = (text & (15 * ONES)) + 9 * ((text >>> 6) & ONES);
        if ((digits & ~(15 * ONES)) != 0 || text(digits) != text) {
            return -1;
        }
        digits = (digits | (digits >>> 4)) & 0x00ff00ff00ff00ffL;
        digits = (digits | (digits >>> 8)) & 0x0000ffff0000ffffL;
        return (digits | (digits >>> 16)) & 0xffffffffL;
    }

    /** Digits, one a byte, as text; another text than before if one was no digit. */
    private static long text(long digits) {
        long letters = ((digits + 6 * ONES) >>> 4) & ONES;
        return digits + '0' * ONES + letters * ('a' - '0' - 10);
    }

    /** The first 64 bits of a UUID of the usual form, the next digits of which {@link #uuidLow} reads; 0 for another. */
    static long uuidHigh(byte[] from, int offset) {
        if (from[offset + 8] != '-'
                || from[offset + 13] != '-'
                || from[offset + 18] != '-'
                || from[offset + 23] != '-') {
            return 0;
        }
        long first = eight(from, offset);
        long second = four(from, offset + 9, offset + 14);
        return (first | second) < 0 ? 0 : (first << 32) | second;
    }

    /** The last 64 bits of a UUID of the usual form; 0 for another. */
    static long uuidLow(byte[] from, int offset) {
        long first = four(from, offset + 19, offset + 24);
        long second = eight(from, offset + 28);
        return (first | second) < 0 ? 0 : (first << 32) | second;
    }

    /** Sixteen hex digits as 64 bits; 0 also for what are none. */
    static long sixteen(byte[] from, int offset) {
        long first = eight(from, offset);
        long second = eight(from, offset + 8);
        return (first | second) < 0 ? 0 : (first << 32) | second;
    }

    /** Writes the UUID with those bits. */
    static void uuid(long high, long low, byte[] to) {
        String text = new UUID(high, low).toString();
        for (int i = 0; i < UUID_LENGTH; i++) {
            to[i] = (byte) text.charAt(i);
        }
    }

    /** A hash of an id, never 0. */
    static int hash(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 29)) * MIX;
        int hash = (int) ((mixed >>> 32) ^ (mixed >>> 17));
        return hash == 0 ? 1 : hash;
    }

    /** A hash of an id of another form, never 0. */
    static int hash(byte[] from, int offset, int length) {
        long sum = length;
        for (int i = offset; i < offset + length; i++) {
            sum = sum * 31 + from[i];
        }
        return hash(sum, length);
    }
}
