package io.laneway.router.table.delta;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of named things while some are put and removed. An untouched list stays the same object. The first few
 * look-ups walk the list; many make an index, so that neither a small change nor a large one is slow. Confined to one
 * thread.
 */
final class EditList<K, T> {

    private static final int WALKS = 8;

    private final Function<T, K> key;
    private List<T> items;
    private boolean copied;
    private int walks;
    private @Nullable Map<K, Integer> index;

    EditList(List<T> items, Function<T, K> key) {
        this.items = items;
        this.key = key;
    }

    @Nullable
    T get(K name) {
        int at = find(name);
        return at < 0 ? null : items.get(at);
    }

    /** Replaces the item of that name where it stands, or adds it at the end. */
    void put(K name, T item) {
        int at = find(name);
        if (at >= 0) {
            if (!items.get(at).equals(item)) {
                own().set(at, item);
            }
            return;
        }
        own().add(item);
        if (index != null) {
            index.put(name, items.size() - 1);
        }
    }

    void remove(K name) {
        int at = find(name);
        if (at >= 0) {
            own().remove(at);
            index = null;
        }
    }

    List<T> list() {
        return items;
    }

    private List<T> own() {
        if (!copied) {
            items = new ArrayList<>(items);
            copied = true;
        }
        return items;
    }

    private int find(K name) {
        if (index != null) {
            return index.getOrDefault(name, -1);
        }
        if (walks++ >= WALKS) {
            walks = 0;
            index = new HashMap<>(items.size() * 2);
            for (int i = items.size() - 1; i >= 0; i--) {
                index.put(key.apply(items.get(i)), i);
            }
            return index.getOrDefault(name, -1);
        }
        for (int i = 0; i < items.size(); i++) {
            if (key.apply(items.get(i)).equals(name)) {
                return i;
            }
        }
        return -1;
    }
}
