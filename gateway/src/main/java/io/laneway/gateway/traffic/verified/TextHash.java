package io.laneway.gateway.traffic.verified;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A cheap hash of a signed text: of its last bytes, its signature's, which no two texts are likely to share. Stateless. */
final class TextHash {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ODD = 0x9E3779B97F4A7C15L;
    private static final long OTHER_ODD = 0xC2B2AE3D27D4EB4FL;

    private TextHash() {}

    static int of(byte[] array, int offset, int length) {
        int end = offset + length;
        long mixed = length;
        if (length >= 2 * Long.BYTES) {
            mixed ^= (long) LONG.get(array, end - Long.BYTES) * ODD;
            mixed = Long.rotateLeft(mixed, 29) ^ ((long) LONG.get(array, end - 2 * Long.BYTES) * OTHER_ODD);
        } else {
            for (int i = offset; i < end; i++) {
                mixed = mixed * 31 + array[i];
            }
        }
        mixed *= ODD;
        return (int) (mixed >>> 32);
    }
}
