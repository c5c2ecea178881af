package io.laneway.router.table.delta;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where named things stand in a list that is edited. The first few look-ups walk the list; many make an index, which then
 * serves the edits of the lists that come of this one as well. A removal moves what stands behind it: the index keeps where
 * a thing stood, and it is looked for from there downwards. Confined to one thread.
 */
final class Positions<K, T> {

    private static final int WALKS = 8;
    private static final int MAX_REMOVED = 64;

    private @Nullable List<T> known;
    private @Nullable Map<K, Integer> index;
    private int removed;
    private int walks;

    /** An edit of a list begins. One that does not end is of no further use. */
    @SuppressWarnings("ReferenceEquality") // an equal list of other origin is looked through again
    void begin(List<T> items) {
        if (known != items) {
            index = null;
            walks = 0;
        }
        known = null;
    }

    /** An edit has led to a list. */
    void end(List<T> result) {
        known = result;
    }

    void added(K name, int at) {
        if (index != null) {
            index.put(name, at);
        }
    }

    void removed(K name) {
        if (index != null) {
            index.remove(name);
            if (++removed > MAX_REMOVED) {
                index = null;
            }
        }
    }

    /** The place of the first thing of that name, negative if there is none. */
    int find(K name, List<T> items, Function<T, K> key) {
        if (index == null && walks++ < WALKS) {
            return walk(name, items, key, 0, items.size());
        }
        Map<K, Integer> made = index == null ? made(items, key) : index;
        Integer stood = made.get(name);
        if (stood == null) {
            return -1;
        }
        return walk(name, items, key, Math.max(stood - removed, 0), Math.min(stood + 1, items.size()));
    }

    private Map<K, Integer> made(List<T> items, Function<T, K> key) {
        Map<K, Integer> made = new HashMap<>(items.size() * 2);
        for (int i = items.size() - 1; i >= 0; i--) {
            made.put(key.apply(items.get(i)), i);
        }
        index = made;
        removed = 0;
        walks = 0;
        return made;
    }

    private static <K, T> int walk(K name, List<T> items, Function<T, K> key, int from, int to) {
        for (int i = from; i < to; i++) {
            if (key.apply(items.get(i)).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
