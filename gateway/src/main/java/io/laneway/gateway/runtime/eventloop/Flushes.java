package io.laneway.gateway.runtime.eventloop;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The channels of one event loop that were written to and not yet flushed. Every handler calls {@link #flush} at the end
 * of {@code channelReadComplete} and of whatever else makes it write or look at the time, so that a channel is flushed once for all that
 * was read together. That also ends the turn for which {@link Loop#now} holds. Confined to its event loop.
 */
public final class Flushes {

    /** A channel's mark that it waits to be flushed; one for each channel, kept by its handler. */
    public abstract static class Mark {
        private boolean set;

        /** Writes out what the handler still holds and flushes the channel. */
        protected abstract void flush();
    }

    private @Nullable Mark[] marks = new @Nullable Mark[64];
    private final WriteBuffers buffers = new WriteBuffers();
    private int count;
    private long turn;

    /** The buffers in which writes are gathered until they are flushed. */
    public WriteBuffers buffers() {
        return buffers;
    }

    /** How often all was flushed: the number of the turn that the next flush ends. */
    long turn() {
        return turn;
    }

    /** Says that the channel was written to. */
    public void mark(Mark mark) {
        if (mark.set) {
            return;
        }
        mark.set = true;
        if (count == marks.length) {
            marks = Arrays.copyOf(marks, count * 2);
        }
        marks[count++] = mark;
    }

    /** Flushes every marked channel, those included that get marked meanwhile. */
    public void flush() {
        while (count > 0) {
            Mark mark = marks[--count];
            marks[count] = null;
            if (mark != null) {
                mark.set = false;
                mark.flush();
            }
        }
        turn++;
    }
}
