package io.laneway.router.text;

import java.security.MessageDigest;

/**
 * Makes {@linkplain Slug slugs} of bytes as they came over the wire, into a buffer of its own. Confined to one thread.
 * It allocates only for names that need a hash: those with non-ASCII characters and those longer than {@link Slug#MAX}.
 */
public final class SlugBytes {

    /** Returned for a value that holds a control character. */
    public static final int CONTROL = -1;

    private static final int CUT = 54;
    private static final int HASH_BYTES = 4;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final byte[] buffer = new byte[Slug.MAX];
    private int length;
    private int end;

    /**
     * Makes the slug of a value.
     *
     * @return its length, 0 if nothing of the value remains, {@link #CONTROL} if it holds a control character
     */
    public int of(byte[] array, int offset, int count) {
        return make(array, offset, count, false);
    }

    /** The slug made last; only as many bytes as {@link #of} returned count. */
    public byte[] buffer() {
        return buffer;
    }

    int ofName(byte[] utf8) {
        return make(utf8, 0, utf8.length, true);
    }

    private int make(byte[] array, int offset, int count, boolean controlsAllowed) {
        length = 0;
        end = 0;
        boolean ascii = true;
        boolean inRun = false;
        for (int i = 0; i < count; i++) {
            byte c = array[offset + i];
            if (!controlsAllowed && ((c >= 0 && c < 0x20) || c == 0x7f)) {
                return CONTROL;
            }
            ascii &= c >= 0;
            byte kept = keep(c);
            if (kept != 0) {
                put(kept);
            } else if (!inRun) {
                put((byte) '-');
            }
            inRun = kept == 0;
        }
        if (ascii && end <= Slug.MAX) {
            return end;
        }
        return withHash(array, offset, count);
    }

    /** Counts on beyond the buffer, so that the length before cutting is known; dashes at the start do not count. */
    private void put(byte c) {
        if (c == '-' && length == 0) {
            return;
        }
        if (length < buffer.length) {
            buffer[length] = c;
        }
        length++;
        if (c != '-') {
            end = length;
        }
    }

    /** The character as a slug keeps it, or 0 if it belongs to a run that becomes one {@code -}. */
    private static byte keep(byte c) {
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-') {
            return c;
        }
        return c >= 'A' && c <= 'Z' ? (byte) (c | 0x20) : 0;
    }

    private int withHash(byte[] array, int offset, int count) {
        int cut = Math.min(end, CUT);
        while (cut > 0 && buffer[cut - 1] == '-') {
            cut--;
        }
        if (cut > 0) {
            buffer[cut++] = '-';
        }
        MessageDigest sha = Sha256.digest();
        sha.update(array, offset, count);
        byte[] digest = sha.digest();
        for (int i = 0; i < HASH_BYTES; i++) {
            buffer[cut++] = HEX[(digest[i] >> 4) & 0xf];
            buffer[cut++] = HEX[digest[i] & 0xf];
        }
        return cut;
    }
}
