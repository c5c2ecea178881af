package io.laneway.gateway.traffic.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.SplittableRandom;

/**
 * Makes keys of ids: 64 bits to find one by and 64 to tell it from another with the same, by multiplication and folding
 * under seeds of this process, so that no sender can choose ids that meet. Confined to one event loop; those of one memory
 * have the same seeds.
 */
final class IdHash {

    /** Seeds that all event loops share. Immutable. */
    record Seeds(long one, long two, long three, long four) {
        static Seeds of(SplittableRandom random) {
            return new Seeds(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
        }
    }

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Seeds seeds;
    private long key;
    private long check;

    IdHash(Seeds seeds) {
        this.seeds = seeds;
    }

    /** Of a number of 128 bits. */
    void number(long high, long low) {
        finish(high, low);
    }

    /** Of text. */
    void text(byte[] array, int offset, int length) {
        long one = seeds.four() ^ length;
        long two = seeds.three() + length;
        int at = offset;
        int last = offset + length - Long.BYTES;
        for (; at < last; at += Long.BYTES) {
            long eight = (long) LONG.get(array, at);
            one = fold(one ^ eight, seeds.one());
            two = fold(two + eight, seeds.two());
        }
        long rest = length >= Long.BYTES ? (long) LONG.get(array, last) : rest(array, offset, length);
        finish(fold(one ^ rest, seeds.two()), fold(two + rest, seeds.one()));
    }

    private static long rest(byte[] array, int offset, int length) {
        long rest = 0;
        for (int i = offset; i < offset + length; i++) {
            rest = (rest << 8) | (array[i] & 0xff);
        }
        return rest;
    }

    private void finish(long high, long low) {
        long first = fold(high ^ seeds.one(), low ^ seeds.two());
        key = first == 0 ? 1 : first;
        check = fold(high ^ seeds.three(), low ^ seeds.four());
    }

    /** The key, never 0. */
    long key() {
        return key;
    }

    long check() {
        return check;
    }

    private static long fold(long a, long b) {
        return Math.multiplyHigh(a, b) ^ (a * b);
    }
}
