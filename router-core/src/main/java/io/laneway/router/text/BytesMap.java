package io.laneway.router.text;

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
 */
public final class BytesMap<V> {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long FOLD = 0x2020202020202020L;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private static final class Node<V> {
        final int hash;
        final byte[] key;
        final V value;

        Node(int hash, byte[] key, V value) {
            this.hash = hash;
            this.key = key;
            this.value = value;
        }
    }

    private final @Nullable Node<V>[] nodes;
    private final int size;
    private final boolean folding;

    private BytesMap(@Nullable Node<V>[] nodes, int size, boolean folding) {
        this.nodes = nodes;
        this.size = size;
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
        int capacity = Integer.highestOneBit(Math.max(2, entries.size() * 2)) << 1;
        @SuppressWarnings({"unchecked", "rawtypes"})
        @Nullable
        Node<V>[] nodes = (Node<V>[]) new Node[capacity];
        entries.forEach((key, value) -> {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            int hash = hash(bytes, 0, bytes.length);
            int slot = hash & (capacity - 1);
            while (nodes[slot] != null) {
                slot = (slot + 1) & (capacity - 1);
            }
            nodes[slot] = new Node<>(hash, bytes, value);
        });
        return new BytesMap<>(nodes, entries.size(), folding);
    }

    /** The value of a key, or null. */
    public @Nullable V get(byte[] array, int offset, int length) {
        int mask = nodes.length - 1;
        int hash = hash(array, offset, length);
        for (int slot = hash & mask; ; slot = (slot + 1) & mask) {
            Node<V> node = nodes[slot];
            if (node == null) {
                return null;
            }
            if (node.hash == hash && node.key.length == length && same(node.key, array, offset)) {
                return node.value;
            }
        }
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
        return size;
    }

    private boolean same(byte[] key, byte[] array, int offset) {
        if (Arrays.equals(key, 0, key.length, array, offset, offset + key.length)) {
            return true;
        }
        if (!folding) {
            return false;
        }
        for (int i = 0; i < key.length; i++) {
            byte c = array[offset + i];
            if (c >= 'A' && c <= 'Z') {
                c |= 0x20;
            }
            if (c != key[i]) {
                return false;
            }
        }
        return true;
    }

    /** Eight bytes a step with letters lower-cased; other characters that this folds together are told apart later. */
    private static int hash(byte[] array, int offset, int length) {
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

    private static long mix(long hash) {
        long product = hash * SPREAD;
        return product ^ (product >>> 32);
    }

    private static int finish(long hash) {
        return (int) (hash ^ (hash >>> 29));
    }
}
