package io.laneway.kafka.watch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Something that equal users of this process share: made with the first lease, closed with the last. Safe for many
 * threads.
 */
public final class Shared<T extends AutoCloseable> implements AutoCloseable {

    private static final Map<Object, Entry> PROCESS = new HashMap<>();

    private final Object key;
    private final T value;
    private boolean closed;

    /** What is shared, and how many have it. */
    private static final class Entry {
        private final AutoCloseable value;
        private int leases;

        private Entry(AutoCloseable value) {
            this.value = value;
        }
    }

    private Shared(Object key, T value) {
        this.key = key;
        this.value = value;
    }

    /** A lease of what has this key; a key belongs to one type. */
    @SuppressWarnings("unchecked")
    public static <T extends AutoCloseable> Shared<T> lease(Object key, Supplier<T> maker) {
        synchronized (PROCESS) {
            Entry entry = PROCESS.computeIfAbsent(key, unused -> new Entry(maker.get()));
            entry.leases++;
            return new Shared<>(key, (T) entry.value);
        }
    }

    /** What is shared. */
    public T value() {
        return value;
    }

    @Override
    public void close() {
        synchronized (PROCESS) {
            Entry entry = PROCESS.get(key);
            if (closed || entry == null) {
                return;
            }
            closed = true;
            if (--entry.leases > 0) {
                return;
            }
            PROCESS.remove(key);
        }
        try {
            value.close();
        } catch (Exception e) {
            throw new IllegalStateException("cannot be closed: " + key, e);
        }
    }
}
