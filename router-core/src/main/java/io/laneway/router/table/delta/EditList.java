package io.laneway.router.table.delta;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A list of named things while some are put and removed. An untouched list stays the same object. Things are found by
 * {@link Positions}, which may be those of the list that was edited before this one. Confined to one thread.
 */
final class EditList<K, T> {

    private final Function<T, K> key;
    private final Positions<K, T> positions;
    private List<T> items;
    private boolean copied;

    EditList(List<T> items, Function<T, K> key) {
        this(items, key, new Positions<>());
    }

    EditList(List<T> items, Function<T, K> key, Positions<K, T> positions) {
        this.items = items;
        this.key = key;
        this.positions = positions;
        positions.begin(items);
    }

    @Nullable
    T get(K name) {
        int at = positions.find(name, items, key);
        return at < 0 ? null : items.get(at);
    }

    /** Replaces the item of that name where it stands, or adds it at the end. */
    void put(K name, T item) {
        int at = positions.find(name, items, key);
        if (at < 0) {
            own().add(item);
            positions.added(name, items.size() - 1);
        } else if (!items.get(at).equals(item)) {
            own().set(at, item);
        }
    }

    void remove(K name) {
        int at = positions.find(name, items, key);
        if (at >= 0) {
            own().remove(at);
            positions.removed(name);
        }
    }

    List<T> list() {
        return items;
    }

    /** The edit is over; what became of it is that list of the same items. */
    void end(List<T> result) {
        positions.end(result);
    }

    private List<T> own() {
        if (!copied) {
            items = new ArrayList<>(items);
            copied = true;
        }
        return items;
    }
}
