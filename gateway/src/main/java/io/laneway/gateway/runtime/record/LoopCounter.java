package io.laneway.gateway.runtime.record;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A number that one event loop changes and any thread may read. Writes are opaque, not atomic: one writer needs no
 * more, and it costs what a plain store does.
 */
public final class LoopCounter {

    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(LoopCounter.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private long value;

    /** Adds one. Only on the owning loop. */
    public void increment() {
        add(1);
    }

    /** Takes one away. Only on the owning loop. */
    public void decrement() {
        add(-1);
    }

    /** Adds. Only on the owning loop. */
    public void add(long n) {
        VALUE.setOpaque(this, value + n);
    }

    /** Sets the value. Only on the owning loop. */
    public void set(long n) {
        VALUE.setOpaque(this, n);
    }

    /** The value as last written. Any thread. */
    public long get() {
        return (long) VALUE.getOpaque(this);
    }
}
