package io.laneway.gateway.traffic.authorize;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes fields of protobuf messages. Confined to one thread. */
final class ProtobufWriter {

    private static final int VARINT = 0;
    private static final int BYTES = 2;
    private static final int MORE = 0x80;
    private static final int SEVEN = 7;

    private byte[] array = new byte[512];
    private int end;

    ProtobufWriter number(int field, long value) {
        if (value != 0) {
            varint((long) field << 3 | VARINT);
            varint(value);
        }
        return this;
    }

    ProtobufWriter text(int field, CharSequence value) {
        return value.length() == 0 ? this : bytes(field, value.toString().getBytes(StandardCharsets.UTF_8));
    }

    ProtobufWriter bytes(int field, byte[] value) {
        return message(field, value, value.length);
    }

    ProtobufWriter message(int field, ProtobufWriter value) {
        return message(field, value.array, value.end);
    }

    private ProtobufWriter message(int field, byte[] value, int length) {
        varint((long) field << 3 | BYTES);
        varint(length);
        reserve(length);
        System.arraycopy(value, 0, array, end, length);
        end += length;
        return this;
    }

    /** An entry of a map of texts. */
    ProtobufWriter entry(int field, String key, CharSequence value) {
        return message(field, new ProtobufWriter().text(1, key).text(2, value));
    }

    private void varint(long value) {
        reserve(10);
        long left = value;
        while ((left & -MORE) != 0) {
            array[end++] = (byte) ((left & (MORE - 1)) | MORE);
            left >>>= SEVEN;
        }
        array[end++] = (byte) left;
    }

    private void reserve(int more) {
        if (end + more > array.length) {
            array = Arrays.copyOf(array, Math.max(end + more, array.length * 2));
        }
    }

    byte[] toBytes() {
        return Arrays.copyOf(array, end);
    }
}
