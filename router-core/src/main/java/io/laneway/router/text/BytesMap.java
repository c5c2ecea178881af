package io.laneway.router.text;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An immutable hash map from text to values that is asked with bytes from the wire, without making a string of them.
 * Open addressing, at most half full. Safe for many threads.
 *
 * <p>Large tables do not fit the processor's nearer caches, so a look-up is made to touch few lines of memory: hash,
 * place and length of a key stand in one slot of 16 bytes, all keys in one array, and the value is reached from the
 * slot without going through the key.
 */
public final class BytesMap<V> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FOLD = 0x2020202020202020L;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final int HASH = 0;
    private static final int START = 1;
    private static final int LENGTH = 2;
    private static final int NUMBER = 3;
    private static final int STRIDE = 4;

    /** Of four numbers each; the last is one more than the number of the key, so that 0 marks a free slot. */
    private final int[] slots;

    private final byte[] keys;
    private final V[] values;
    private final boolean folding;

    private BytesMap(int[] slots, byte[] keys, V[] values, boolean folding) {
        this.slots = slots;
        this.keys = keys;
        this.values = values;
        this.folding = folding;
    }

    /** A map whose keys, given in lower case, are found in any case of ASCII letters. */
    public static <V> BytesMap<V> ignoringCase(Map<String, V> entries) {
        return of(entries, true);
    }

    /** A map whose keys are found as they stand. */
    public static <V> BytesMap<V> exact(Map<String, V> entries) {
        return of(entries, false);
    }

    private static <V> BytesMap<V> of(Map<String, V> entries, boolean folding) {
        int mask = (Integer.highestOneBit(Math.max(2, entries.size() * 2)) << 1) - 1;
        int[] slots = new int[(mask + 1) * STRIDE];
        ByteArrayOutputStream keys = new ByteArrayOutputStream();
        @SuppressWarnings("unchecked")
        V[] values = (V[]) new Object[entries.size()];
        int number = 0;
        for (Map.Entry<String, V> entry : entries.entrySet()) {
            byte[] key = entry.getKey().getBytes(StandardCharsets.UTF_8);
            place(slots, hash(key, 0, key.length), keys.size(), key.length, number + 1);
            keys.writeBytes(key);
            values[number++] = entry.getValue();
        }
        return new BytesMap<>(slots, keys.toByteArray(), values, folding);
    }

    /**
     * A map that has a value more, or another one at a key that this has. Shares what it can with this one: of a key that
     * is here only the values are copied.
     */
    public BytesMap<V> with(String name, V value) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        int number = number(key, 0, key.length);
        if (number >= 0) {
            V[] others = values.clone();
            others[number] = value;
            return new BytesMap<>(slots, keys, others, folding);
        }
        int size = values.length;
        int[] room = (size + 1) * 2 * STRIDE > slots.length ? widened() : slots.clone();
        place(room, hash(key, 0, key.length), keys.length, key.length, size + 1);
        byte[] more = Arrays.copyOf(keys, keys.length + key.length);
        System.arraycopy(key, 0, more, keys.length, key.length);
        V[] others = Arrays.copyOf(values, size + 1);
        others[size] = value;
        return new BytesMap<>(room, more, others, folding);
    }

    /** A map without a key; this one if it has none such. Keeps the order of the others. */
    public BytesMap<V> without(String name) {
        byte[] key = name.getBytes(StandardCharsets.UTF_8);
        int gone = number(key, 0, key.length);
        if (gone < 0) {
            return this;
        }
        int from = start(gone);
        int[] room = new int[slots.length];
        for (int base = 0; base < slots.length; base += STRIDE) {
            int number = slots[base + NUMBER] - 1;
            if (number >= 0 && number != gone) {
                int start = slots[base + START];
                place(
                        room,
                        slots[base + HASH],
                        start > from ? start - key.length : start,
                        slots[base + LENGTH],
                        number > gone ? number : number + 1);
            }
        }
        byte[] fewer = Arrays.copyOf(keys, keys.length - key.length);
        System.arraycopy(keys, from + key.length, fewer, from, fewer.length - from);
        V[] others = Arrays.copyOf(values, values.length - 1);
        System.arraycopy(values, gone + 1, others, gone, others.length - gone);
        return new BytesMap<>(room, fewer, others, folding);
    }

    /** Where the key of a number begins. */
    private int start(int number) {
        int base = 0;
        while (slots[base + NUMBER] != number + 1) {
            base += STRIDE;
        }
        return slots[base + START];
    }

    private int[] widened() {
        int[] wide = new int[slots.length * 2];
        for (int base = 0; base < slots.length; base += STRIDE) {
            if (slots[base + NUMBER] != 0) {
                place(wide, slots[base + HASH], slots[base + START], slots[base + LENGTH], slots[base + NUMBER]);
            }
        }
        return wide;
    }

    /** Writes a slot, the first free one from the place of its hash. */
    private static void place(int[] slots, int hash, int start, int length, int number) {
        int mask = slots.length / STRIDE - 1;
        int slot = hash & mask;
        while (slots[slot * STRIDE + NUMBER] != 0) {
            slot = (slot + 1) & mask;
        }
        slots[slot * STRIDE + HASH] = hash;
        slots[slot * STRIDE + START] = start;
        slots[slot * STRIDE + LENGTH] = length;
        slots[slot * STRIDE + NUMBER] = number;
    }

    /** The number of a key, from 0 to below {@link #size}, or -1 if it is not here. */
    public int number(byte[] array, int offset, int length) {
        int mask = slots.length / STRIDE - 1;
        int hash = hash(array, offset, length);
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            int base = slot * STRIDE;
            int number = slots[base + NUMBER];
            if (number == 0) {
                return -1;
            }
            if (slots[base + HASH] == hash
                    && slots[base + LENGTH] == length
                    && same(slots[base + START], array, offset, length)) {
                return number - 1;
            }
        }
    }

    /** The value of the key of that number. */
    public V value(int number) {
        return values[number];
    }

    /** The value of a key, or null. */
    public @Nullable V get(byte[] array, int offset, int length) {
        int number = number(array, offset, length);
        return number < 0 ? null : values[number];
    }

    /** The value of a key, or null. */
    public @Nullable V get(Slice key) {
        return get(key.array(), key.offset(), key.length());
    }

    /** The value of a key, or null. Makes bytes of it first: not for the request path. */
    public @Nullable V get(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return get(bytes, 0, bytes.length);
    }

    public int size() {
        return values.length;
    }

    private boolean same(int start, byte[] array, int offset, int length) {
        int last = length - Long.BYTES;
        if (last < 0) {
            return sameBytes(start, array, offset, length);
        }
        for (int i = 0; i < last; i += Long.BYTES) {
            if ((long) LONG.get(keys, start + i) != (long) LONG.get(array, offset + i)) {
                return folding && sameBytes(start, array, offset, length);
            }
        }
        return (long) LONG.get(keys, start + last) == (long) LONG.get(array, offset + last)
                || (folding && sameBytes(start, array, offset, length));
    }

    private boolean sameBytes(int start, byte[] array, int offset, int length) {
        for (int i = 0; i < length; i++) {
            byte c = array[offset + i];
            if (folding && c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != keys[start + i]) {
                return false;
            }
        }
        return true;
    }

    /** Eight bytes a step with letters lower-cased; other characters that this folds together are compared later. */
    static int hash(byte[] array, int offset, int length) {
        long hash = length * SPREAD;
        if (length >= 8) {
            for (int i = 0; i < length - 8; i += 8) {
                hash = mix(hash ^ ((long) LONG.get(array, offset + i) | FOLD));
            }
            return finish(mix(hash ^ ((long) LONG.get(array, offset + length - 8) | FOLD)));
        }
        if (length >= 4) {
            long low = (int) INT.get(array, offset) & 0xffffffffL;
            long high = (int) INT.get(array, offset + length - 4) & 0xffffffffL;
            return finish(mix(hash ^ (low | high << 32 | FOLD)));
        }
        for (int i = 0; i < length; i++) {
            hash = hash * 31 + (array[offset + i] | 0x20);
        }
        return finish(mix(hash));
    }

    /**
     * Folds the whole product of 128 bits, as wyhash does. Its low half alone hardly lets the later characters of a name
     * reach the low bits that choose a slot: names that differ in a number at their end then stand in one long row.
     */
    private static long mix(long hash) {
        return hash * SPREAD ^ Math.multiplyHigh(hash, SPREAD);
    }

    private static int finish(long hash) {
        return (int) (hash ^ (hash >>> 32));
    }
}
