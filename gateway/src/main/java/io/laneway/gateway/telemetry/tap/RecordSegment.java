package io.laneway.gateway.telemetry.tap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A piece of the memory of finished requests: records one behind the other, with the texts that they refer to, and an
 * index of hashes. Written by the event loop that owns it; read by any thread, which copies what it wants and then asks
 * whether the segment was {@linkplain #isSince still the same} all the while.
 */
final class RecordSegment {

    private static final VarHandle EPOCH;
    private static final VarHandle COUNT;

    static {
        try {
            EPOCH = MethodHandles.lookup().findVarHandle(RecordSegment.class, "epoch", long.class);
            COUNT = MethodHandles.lookup().findVarHandle(RecordSegment.class, "count", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** No loop. */
    static final int NONE = -1;

    /** Texts and records; none begins at 0. */
    final byte[] bytes;

    /** Where each record begins. */
    final int[] places;

    /** The hash of each record's request id. */
    final int[] requests;

    /** The hash of each record's trace id, 0 without one. */
    final int[] traces;

    private long epoch;
    private int count;
    private int owner = NONE;
    private long first;
    private long base;

    RecordSegment(int records, int size) {
        bytes = new byte[size];
        places = new int[records];
        requests = new int[records];
        traces = new int[records];
    }

    /**
     * Forgets what it has, for another owner. Only by the loop that took it.
     *
     * @param by       the number of the loop
     * @param sequence of the first record to come, among those of its owner
     * @param millis   since the epoch, from which records count
     */
    void begin(int by, long sequence, long millis) {
        long before = epoch;
        EPOCH.setOpaque(this, before + 1);
        VarHandle.fullFence();
        COUNT.setRelease(this, 0);
        owner = by;
        first = sequence;
        base = millis;
        EPOCH.setRelease(this, before + 2);
    }

    /** Enters a record that is whole. Only on the owner's loop. */
    void enter(int place, int request, int trace) {
        int n = count;
        places[n] = place;
        requests[n] = request;
        traces[n] = trace;
        COUNT.setRelease(this, n + 1);
    }

    /** Whether it has as many records as it may have. Only on the owner's loop. */
    boolean isFull() {
        return count == places.length;
    }

    /** How many records are whole. Any thread. */
    int count() {
        return (int) COUNT.getAcquire(this);
    }

    /** Changes when the segment is used again; odd while it is no one's. Any thread. */
    long epoch() {
        return (long) EPOCH.getAcquire(this);
    }

    /** Whether what was read since that epoch was read from the same records. Any thread. */
    boolean isSince(long then) {
        VarHandle.acquireFence();
        return (then & 1) == 0 && (long) EPOCH.getOpaque(this) == then;
    }

    /** The number of the loop whose records they are, {@link #NONE} before the first. */
    int owner() {
        return owner;
    }

    /** The sequence of the first record, among those of its owner. */
    long first() {
        return first;
    }

    /** Milliseconds since the epoch from which records count. */
    long base() {
        return base;
    }

    /** Bytes on the heap, headers of arrays included. */
    static long heapBytes(int records, int size) {
        return 64 + 16 + size + 3 * (16L + 4L * records);
    }
}
