package io.laneway.router.text;

import java.nio.charset.StandardCharsets;

/**
 * A run of bytes in another object's array: a header value, a host, a query parameter, as it stands on the wire.
 * Mutable so that it can be used again without allocation. Confined to one event loop; it is valid as long as the
 * array it points into is not overwritten.
 */
public final class Slice implements CharSequence {

    private static final byte[] NONE = new byte[0];

    private byte[] array = NONE;
    private int offset;
    private int length;

    /** Points this slice at {@code length} bytes from {@code offset}. */
    public Slice set(byte[] array, int offset, int length) {
        this.array = array;
        this.offset = offset;
        this.length = length;
        return this;
    }

    /** Makes this slice empty. */
    public void clear() {
        set(NONE, 0, 0);
    }

    /** A slice over the UTF-8 bytes of a text. */
    public static Slice of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Slice().set(bytes, 0, bytes.length);
    }

    public byte[] array() {
        return array;
    }

    public int offset() {
        return offset;
    }

    @Override
    public int length() {
        return length;
    }

    /** The byte at an index, unchecked beyond the array's own bounds. */
    public byte byteAt(int index) {
        return array[offset + index];
    }

    /** The byte at an index as an unsigned (ISO-8859-1) character. */
    @Override
    public char charAt(int index) {
        return (char) (array[offset + index] & 0xff);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new Slice().set(array, offset + start, end - start);
    }

    /** The bytes read as UTF-8. */
    @Override
    public String toString() {
        return new String(array, offset, length, StandardCharsets.UTF_8);
    }
}
