package io.laneway.gateway.traffic.authorize;

import java.nio.charset.StandardCharsets;

/**
 * Reads the fields of one protobuf message, each with {@link #next} and then its value or {@link #skip}. What is no message is
 * an {@link IllegalArgumentException}. Confined to one thread.
 */
final class ProtobufReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] array;
    private final int end;
    private int at;
    private int type;

    ProtobufReader(byte[] array, int from, int to) {
        this.array = array;
        this.at = from;
        this.end = to;
    }

    /** The number of the next field, 0 at the end. */
    int next() {
        if (at == end) {
            return 0;
        }
        long tag = varint();
        type = (int) tag & 7;
        long field = tag >>> 3;
        require(field > 0 && field < 1 << 29);
        return (int) field;
    }

    long number() {
        require(type == VARINT);
        return varint();
    }

    ProtobufReader message() {
        int length = length();
        ProtobufReader inner = new ProtobufReader(array, at, at + length);
        at += length;
        return inner;
    }

    String text() {
        int length = length();
        String text = new String(array, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    void skip() {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> jump(Long.BYTES);
            case BYTES -> jump(length());
            case FIXED32 -> jump(Integer.BYTES);
            default -> require(false);
        }
    }

    private void jump(int bytes) {
        require(bytes <= end - at);
        at += bytes;
    }

    private int length() {
        require(type == BYTES);
        long length = varint();
        require(length >= 0 && length <= end - at);
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            require(at < end);
            byte octet = array[at++];
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("no protobuf message");
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("no protobuf message");
        }
    }
}
