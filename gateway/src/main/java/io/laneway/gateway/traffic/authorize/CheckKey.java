package io.laneway.gateway.traffic.authorize;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * What makes one check another, as bytes. It is filled on an event loop, to look with; a {@linkplain #copy copy} is
 * immutable.
 */
final class CheckKey {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long PRIME = 0x9E3779B97F4A7C15L;
    private static final int MIX = 29;

    /** Strangers are not to know which checks share a bucket. */
    private static final long SEED = new SplittableRandom().nextLong();

    private byte[] bytes = new byte[512];
    private int length;
    private int hash;

    void clear() {
        length = 0;
    }

    void add(byte octet) {
        reserve(1);
        bytes[length++] = octet;
    }

    void add(byte[] from, int offset, int count) {
        reserve(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void add(CharSequence text) {
        reserve(2 * text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
            bytes[length++] = (byte) (text.charAt(i) >>> 8);
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + more, 2 * bytes.length));
        }
    }

    /** It is whole. */
    void end() {
        long sum = SEED;
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            sum = (sum ^ (long) LONG.get(bytes, i)) * PRIME;
            sum ^= sum >>> MIX;
        }
        for (; i < length; i++) {
            sum = (sum ^ bytes[i]) * PRIME;
            sum ^= sum >>> MIX;
        }
        hash = (int) (sum ^ sum >>> Integer.SIZE);
    }

    /** The same, to be kept. */
    CheckKey copy() {
        CheckKey copy = new CheckKey();
        copy.bytes = Arrays.copyOf(bytes, length);
        copy.length = length;
        copy.hash = hash;
        return copy;
    }

    /** Bytes that it takes. */
    int size() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CheckKey that
                && hash == that.hash
                && Arrays.equals(bytes, 0, length, that.bytes, 0, that.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
