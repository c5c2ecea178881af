package io.laneway.gateway.telemetry.metrics;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Numbers that one event loop changes and any thread may read, written opaquely as {@code LoopCounter} does. */
final class LoopLongs {

    private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);

    private final long[] values;

    LoopLongs(int size) {
        values = new long[size];
    }

    /** Adds. Only on the owning loop. */
    void add(int index, long n) {
        ELEMENT.setOpaque(values, index, values[index] + n);
    }

    /** Adds every value to those of an array from a place on. Any thread. */
    void addTo(long[] sums, int from) {
        for (int i = 0; i < values.length; i++) {
            sums[from + i] += (long) ELEMENT.getOpaque(values, i);
        }
    }
}
