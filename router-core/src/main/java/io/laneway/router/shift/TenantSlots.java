package io.laneway.router.shift;

import io.laneway.router.unit.Share;
import java.nio.charset.StandardCharsets;

/**
 * Gives every tenant of a shift its slot: {@code murmur3_x86_32(utf8(shift + ":" + tenant), seed 0)}, unsigned, mod
 * 10 000; and every id of a request likewise. The shift's part is hashed once. Immutable.
 */
public final class TenantSlots {

    private static final int C1 = 0xcc9e2d51;
    private static final int C2 = 0x1b873593;

    private final int state;
    private final int rest;
    private final int restBytes;
    private final int length;

    /** The slots of the shift of that name. */
    public TenantSlots(String shift) {
        byte[] prefix = (shift + ":").getBytes(StandardCharsets.UTF_8);
        int hash = 0;
        int block = 0;
        for (int i = 0; i < prefix.length; i++) {
            block |= (prefix[i] & 0xff) << (8 * (i & 3));
            if ((i & 3) == 3) {
                hash = body(hash, block);
                block = 0;
            }
        }
        this.state = hash;
        this.rest = block;
        this.restBytes = prefix.length & 3;
        this.length = prefix.length;
    }

    /** The slot of a tenant or of a request's id, 0 to 9999. */
    public int of(byte[] array, int offset, int count) {
        int hash = state;
        int block = rest;
        int at = restBytes;
        for (int i = 0; i < count; i++) {
            block |= (array[offset + i] & 0xff) << (8 * at);
            if (at == 3) {
                hash = body(hash, block);
                block = 0;
                at = 0;
            } else {
                at++;
            }
        }
        if (at > 0) {
            hash ^= scramble(block);
        }
        return Integer.remainderUnsigned(finish(hash ^ (length + count)), Share.SLOTS);
    }

    /** The slot of a tenant, 0 to 9999. */
    public int of(String tenant) {
        byte[] bytes = tenant.getBytes(StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /** The hash itself, for comparison with published vectors. */
    static int murmur3(byte[] bytes) {
        int hash = 0;
        int whole = bytes.length & ~3;
        for (int i = 0; i < whole; i += 4) {
            hash = body(hash, block(bytes, i, 4));
        }
        if (whole < bytes.length) {
            hash ^= scramble(block(bytes, whole, bytes.length - whole));
        }
        return finish(hash ^ bytes.length);
    }

    private static int block(byte[] bytes, int from, int count) {
        int block = 0;
        for (int i = 0; i < count; i++) {
            block |= (bytes[from + i] & 0xff) << (8 * i);
        }
        return block;
    }

    private static int scramble(int block) {
        return Integer.rotateLeft(block * C1, 15) * C2;
    }

    private static int body(int hash, int block) {
        return Integer.rotateLeft(hash ^ scramble(block), 13) * 5 + 0xe6546b64;
    }

    private static int finish(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
