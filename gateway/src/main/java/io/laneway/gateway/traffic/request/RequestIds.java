package io.laneway.gateway.traffic.request;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Makes request ids: random UUIDs of version 4 (RFC 9562) from a generator of the loop's own. They tell requests apart
 * and keep no secret. Confined to one event loop.
 */
final class RequestIds {

    /** Characters of a UUID. */
    static final int LENGTH = 36;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long ONES = 0x0101010101010101L;

    private final SplittableRandom random;
    private final byte[] text = new byte[LENGTH];

    RequestIds(SplittableRandom random) {
        this.random = random;
        for (int dash : new int[] {8, 13, 18, 23}) {
            text[dash] = '-';
        }
    }

    /** The next id in ASCII; valid until the next call. */
    byte[] next() {
        long high = (random.nextLong() & ~0xf000L) | 0x4000L;
        long low = (random.nextLong() >>> 2) | 0x8000000000000000L;
        LONG.set(text, 0, digits(high >>> 32));
        halves(digits(high), 9, 14);
        halves(digits(low >>> 32), 19, 24);
        LONG.set(text, 28, digits(low));
        return text;
    }

    private void halves(long digits, int first, int second) {
        INT.set(text, first, (int) (digits >>> 32));
        INT.set(text, second, (int) digits);
    }

    /** The low 32 bits as eight hex digits, all at once: each four bits get a byte, those above nine the way to letters. */
    private static long digits(long value) {
        long spread = value & 0xffffffffL;
        spread = (spread | spread << 16) & 0x0000ffff0000ffffL;
        spread = (spread | spread << 8) & 0x00ff00ff00ff00ffL;
        spread = (spread | spread << 4) & 0x0f0f0f0f0f0f0f0fL;
        long letters = ((spread + 6 * ONES) >>> 4) & ONES;
        return spread + '0' * ONES + letters * ('a' - '0' - 10);
    }
}
