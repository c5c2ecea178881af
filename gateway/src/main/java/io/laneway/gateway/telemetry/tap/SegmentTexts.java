package io.laneway.gateway.telemetry.tap;

import io.laneway.router.text.Slice;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one segment: what was written there before is referred to instead of being written again, as user agents,
 * hosts and paths come again and again. Confined to one event loop.
 */
final class SegmentTexts {

    /** Longest text that is kept: as much of it as the access log has, and enough to see that there is more. */
    static final int MAX_TEXT = 2052;

    /** Bytes of a text's length. */
    static final int HEAD = 2;

    static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final int PLACES_BITS = 10;
    private static final int NAMES = 1024;
    private static final int PATIENCE = 1000;

    private final int[] places = new int[1 << PLACES_BITS];
    private final @Nullable Name[] names = new @Nullable Name[NAMES];
    private final byte[] scratch = new byte[MAX_TEXT];
    private byte[] bytes = {};
    private int end;
    private int segment;

    /** A text of the table or of our own, found by its identity. */
    private static final class Name {
        private final String text;
        private final byte[] bytes;
        private int segment;
        private int place;
        private int missed;

        private Name(String text) {
            this.text = text;
            this.bytes = text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** Begins a segment; nothing is known of it. */
    void begin(byte[] of) {
        bytes = of;
        end = 1;
        segment++;
        Arrays.fill(places, 0);
    }

    /** Where the next bytes go. */
    int end() {
        return end;
    }

    void end(int at) {
        end = at;
    }

    /** Where the text is, 0 for an empty one, -1 if there is no room for it. */
    int of(Slice text) {
        int length = Math.min(text.length(), MAX_TEXT);
        return length == 0 ? 0 : of(text.array(), text.offset(), length);
    }

    /** As {@link #of(Slice)}. Identity is enough: an equal text that is another object is only slower. */
    int of(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        Name name = name(text);
        if (name == null) {
            int length = scratch(text);
            return of(scratch, 0, length);
        }
        if (name.segment != segment) {
            name.place = of(name.bytes, 0, Math.min(name.bytes.length, MAX_TEXT));
            name.segment = segment;
        }
        return name.place;
    }

    /** What is known of a text by its identity, null if its place is another's, which it then takes at some time. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    private @Nullable Name name(String text) {
        int hash = text.hashCode();
        int at = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (NAMES - 1);
        Name name = names[at];
        if (name == null || (name.text != text && ++name.missed > PATIENCE)) {
            name = new Name(text);
            names[at] = name;
        }
        return name.text == text ? name : null;
    }

    /** Writes a text into the scratch bytes without garbage if it is ASCII; returns its length there. */
    private int scratch(String text) {
        int length = Math.min(text.length(), MAX_TEXT);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > 0x7f) {
                byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                length = Math.min(utf8.length, MAX_TEXT);
                System.arraycopy(utf8, 0, scratch, 0, length);
                return length;
            }
            scratch[i] = (byte) c;
        }
        return length;
    }

    private int of(byte[] from, int offset, int length) {
        int slot = slot(from, offset, length);
        int known = places[slot];
        if (known > 0 && is(known, from, offset, length)) {
            return known;
        }
        int at = end;
        if (at + HEAD + length > bytes.length) {
            return -1;
        }
        SHORT.set(bytes, at, (short) length);
        System.arraycopy(from, offset, bytes, at + HEAD, length);
        end = at + HEAD + length;
        places[slot] = at;
        return at;
    }

    private boolean is(int place, byte[] from, int offset, int length) {
        int start = place + HEAD;
        return (short) SHORT.get(bytes, place) == length
                && Arrays.equals(bytes, start, start + length, from, offset, offset + length);
    }

    /** By the length and some of the bytes: enough to tell most apart before they are compared. */
    private static int slot(byte[] from, int offset, int length) {
        long sum;
        int last = offset + length;
        if (length >= 8) {
            sum = (long) LONG.get(from, offset) * 31
                    + (long) LONG.get(from, offset + ((length - 8) >>> 1)) * 17
                    + (long) LONG.get(from, last - 8);
        } else if (length >= 4) {
            sum = ((long) (int) INT.get(from, offset) << 32) ^ (int) INT.get(from, last - 4);
        } else {
            sum = ((long) from[offset] << 16) ^ ((long) from[offset + (length >>> 1)] << 8) ^ from[last - 1];
        }
        return (int) (((sum + length) * MIX) >>> (64 - PLACES_BITS));
    }
}
