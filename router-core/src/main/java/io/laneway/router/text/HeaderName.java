package io.laneway.router.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A header field name prepared for comparison with bytes on the wire: lower case, with its hash. Immutable.
 * Names are case-insensitive (RFC 9110 section 5.1).
 */
public final class HeaderName {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final String name;
    private final byte[] bytes;
    private final byte[] caseBits;
    private final int hash;

    private HeaderName(String name) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.bytes = this.name.getBytes(StandardCharsets.ISO_8859_1);
        this.caseBits = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            caseBits[i] = (byte) (bytes[i] >= 'a' && bytes[i] <= 'z' ? 0x20 : 0);
        }
        this.hash = hash(bytes, 0, bytes.length);
    }

    /** The name in any case. */
    public static HeaderName of(String name) {
        return new HeaderName(name);
    }

    /**
     * The case-insensitive hash of a name on the wire: the length and the first, middle and last characters, lower
     * cased. Cheap, and enough to tell most names apart before the bytes are compared.
     */
    public static int hash(byte[] array, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        int first = array[offset] | 0x20;
        int middle = array[offset + (length >> 1)] | 0x20;
        int last = array[offset + length - 1] | 0x20;
        return ((length * 31 + first) * 31 + middle) * 31 + last;
    }

    /** The hash as {@link #hash(byte[], int, int)} computes it. */
    public int hash() {
        return hash;
    }

    /** Whether the bytes spell this name in any case. */
    public boolean matches(byte[] array, int offset, int length) {
        if (length != bytes.length) {
            return false;
        }
        int last = length - Long.BYTES;
        if (last < 0) {
            return matchesBytes(array, offset);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if (differs(array, offset, i)) {
                return false;
            }
        }
        return !differs(array, offset, last);
    }

    /** Compares eight bytes; the bit that makes capitals of letters may differ where this name has letters. */
    private boolean differs(byte[] array, int offset, int at) {
        long difference = (long) LONG.get(array, offset + at) ^ (long) LONG.get(bytes, at);
        return (difference & ~(long) LONG.get(caseBits, at)) != 0;
    }

    private boolean matchesBytes(byte[] array, int offset) {
        for (int i = 0; i < bytes.length; i++) {
            if (((array[offset + i] ^ bytes[i]) & ~caseBits[i]) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The lower-case bytes, not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeaderName that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }
}
