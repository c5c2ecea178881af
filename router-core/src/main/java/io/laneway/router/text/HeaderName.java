package io.laneway.router.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * A header field name prepared for comparison with bytes on the wire: lower case, with its hash. Immutable.
 * Names are case-insensitive (RFC 9110 section 5.1).
 */
public final class HeaderName {

    private final String name;
    private final byte[] bytes;
    private final int hash;

    private HeaderName(String name) {
        this.name = name.toLowerCase(Locale.ROOT);
        this.bytes = this.name.getBytes(StandardCharsets.ISO_8859_1);
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
        for (int i = 0; i < length; i++) {
            byte c = array[offset + i];
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != bytes[i]) {
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
