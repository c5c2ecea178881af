package io.laneway.gateway.telemetry.accesslog;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/**
 * A ring of bytes between one event loop that fills it and one thread that empties it. Neither waits for the other: a
 * line that does not fit is dropped whole.
 */
final class Ring {

    /** Bytes of a write at most: on one core the loop waits for as long as it takes. */
    private static final int PIECE = 32 * 1024;

    private static final VarHandle HEAD;
    private static final VarHandle TAIL;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(Ring.class, "head", long.class);
            TAIL = MethodHandles.lookup().findVarHandle(Ring.class, "tail", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final byte[] bytes;
    private final ByteBuffer view;

    /** Bytes ever taken out; written by the emptying thread. */
    private long head;

    /** Bytes ever put in; written by the loop. */
    private long tail;

    /** A ring of that size, a power of two. */
    Ring(int size) {
        bytes = new byte[size];
        view = ByteBuffer.wrap(bytes);
    }

    /**
     * Puts a line in, if it fits. Only on the loop.
     *
     * @return how many bytes wait now, or -1 if the line was dropped
     */
    int put(byte[] line, int length) {
        long end = tail;
        int waiting = (int) (end - (long) HEAD.getAcquire(this));
        if (length > bytes.length - waiting) {
            return -1;
        }
        int at = (int) end & (bytes.length - 1);
        int first = Math.min(length, bytes.length - at);
        System.arraycopy(line, 0, bytes, at, first);
        System.arraycopy(line, first, bytes, 0, length - first);
        TAIL.setRelease(this, end + length);
        return waiting + length;
    }

    /**
     * Writes what waits to the channel, in pieces, between which other threads get the core. Only on the emptying
     * thread. What a failed write left stays.
     *
     * @return how many bytes were written
     */
    @SuppressWarnings("ThreadPriorityCheck") // a hint, where the system heeds it
    int drain(WritableByteChannel to) throws IOException {
        long begin = head;
        long start = begin;
        long end = (long) TAIL.getAcquire(this);
        while (start < end) {
            int at = (int) start & (bytes.length - 1);
            int until = at + (int) Math.min(PIECE, end - start);
            view.limit(Math.min(bytes.length, until)).position(at);
            start += to.write(view);
            HEAD.setRelease(this, start);
            if (start < end) {
                Thread.yield();
            }
        }
        return (int) (start - begin);
    }

    int size() {
        return bytes.length;
    }
}
