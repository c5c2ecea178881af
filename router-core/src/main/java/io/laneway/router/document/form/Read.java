package io.laneway.router.document.form;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The values of the keys of one object that is read. Confined to one thread. */
public final class Read<T> {

    private final List<Key<T, ?>> keys;
    private final @Nullable Object[] values;

    Read(List<Key<T, ?>> keys) {
        this.keys = keys;
        this.values = new Object[keys.size()];
    }

    void put(int index, @Nullable Object value) {
        values[index] = value;
    }

    /** The value of a key that is required or has a value where it is absent. */
    public <V> V of(Key<T, V> key) {
        return Objects.requireNonNull(orNull(key), key.name());
    }

    /** The value of a key; null if it is absent, or wrong, and has no value then. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"}) // a key is itself alone; its own type read its value
    public <V> @Nullable V orNull(Key<T, V> key) {
        for (int i = 0; i < values.length; i++) {
            if (keys.get(i) == key) {
                return (V) values[i];
            }
        }
        throw new IllegalStateException(key.name() + " is no key of this form");
    }
}
