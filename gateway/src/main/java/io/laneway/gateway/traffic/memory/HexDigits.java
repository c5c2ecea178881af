package io.laneway.gateway.traffic.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads eight hexadecimal digits at once, in any case. Stateless; allocates nothing. */
final class HexDigits {

    /** No number of 32 bits. */
    static final long NONE = -1;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0xf0f0f0f0f0f0f0f0L;

    private HexDigits() {}

    /** The number that eight bytes spell; {@link #NONE} if one of them is no digit. */
    static long eight(byte[] array, int offset) {
        long text = (long) LONG.get(array, offset);
        long letters = (text >>> 6) & ONES;
        long digits = (text & (0x0f * ONES)) + 9 * letters;
        long aboveNine = ((digits + 6 * ONES) >>> 4) & ONES;
        long spelled = digits + 0x30 * ONES + 39 * aboveNine;
        boolean all = spelled == (text | (letters << 5)) && (digits & HIGH) == 0;
        return all ? packed(digits) : NONE;
    }

    private static long packed(long digits) {
        long pairs = (digits | (digits >>> 4)) & 0x00ff00ff00ff00ffL;
        long fours = (pairs | (pairs >>> 8)) & 0x0000ffff0000ffffL;
        return (fours | (fours >>> 16)) & 0xffffffffL;
    }
}
