package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.record.DeploymentStats;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections, a stack: the last one used is taken first, so that those not needed grow old and are
 * closed. Confined to one event loop, save for what says otherwise.
 */
final class IdleConnections extends TimerEntry {

    /** Shorter than the keep-alive time of most servers, so that it is rarely they who close. */
    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(30);

    private static final int MAX = 1024;

    private static final long NONE = Long.MIN_VALUE;

    private static final VarHandle OLDEST;

    static {
        try {
            OLDEST = MethodHandles.lookup().findVarHandle(IdleConnections.class, "oldest", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final int FIRST = 4;

    private final Loop loop;
    private final DeploymentStats stats;

    /** The stack, and since when each of it is there: arrays rather than objects, as most pools are not in a cache. */
    private @Nullable UpstreamConnection[] stack = new @Nullable UpstreamConnection[FIRST];

    private long[] since = new long[FIRST];
    private int size;
    private boolean timed;

    /** Since when the one at the bottom is here, for other threads: a plain store here, a guess there. */
    @SuppressWarnings("UnusedVariable") // read and written by OLDEST
    private long oldest = NONE;

    IdleConnections(Loop loop, DeploymentStats stats) {
        this.loop = loop;
        this.stats = stats;
    }

    /** A connection that takes a stream, or null. */
    @Nullable
    UpstreamConnection take() {
        while (size > 0) {
            UpstreamConnection connection = pop(size - 1);
            if (connection != null && connection.free() > 0) {
                if (connection.free() > 1) {
                    add(connection);
                }
                return connection;
            }
        }
        return null;
    }

    /** Takes back a connection that was taken and not used; it may still be here if it carries many streams. */
    void back(UpstreamConnection connection) {
        boolean here = size > 0 && connection.equals(stack[size - 1]);
        if (!here) {
            add(connection);
        }
    }

    /** Keeps a connection, or retires it if there are too many. */
    void add(UpstreamConnection connection) {
        if (size >= MAX) {
            connection.retire();
            return;
        }
        if (size == stack.length) {
            stack = Arrays.copyOf(stack, size * 2);
            since = Arrays.copyOf(since, size * 2);
        }
        long now = loop.now();
        stack[size] = connection;
        since[size] = now;
        if (size == 0) {
            OLDEST.setOpaque(this, now);
        }
        size++;
        stats.busyConnections.decrement();
        stats.idleConnections.increment();
        if (!timed) {
            timed = true;
            loop.deadline(this, MAX_AGE);
        }
    }

    /** Whether it was here. */
    boolean remove(UpstreamConnection connection) {
        for (int i = size - 1; i >= 0; i--) {
            if (connection.equals(stack[i])) {
                pop(i);
                stats.busyConnections.decrement();
                return true;
            }
        }
        return false;
    }

    private @Nullable UpstreamConnection pop(int place) {
        UpstreamConnection connection = stack[place];
        size--;
        if (place < size) {
            System.arraycopy(stack, place + 1, stack, place, size - place);
            System.arraycopy(since, place + 1, since, place, size - place);
        }
        stack[size] = null;
        if (place == 0) {
            OLDEST.setOpaque(this, size == 0 ? NONE : since[0]);
        }
        stats.idleConnections.decrement();
        stats.busyConnections.increment();
        return connection;
    }

    /** Whether there is one that was not used for so many nanoseconds; it may carry streams. Any thread. */
    boolean hasUnused(long now, long nanos) {
        long bottom = (long) OLDEST.getOpaque(this);
        return bottom != NONE && now - bottom >= nanos;
    }

    /** Takes the one that was used longest ago, if that is so many nanoseconds ago and nothing is under way on it. */
    @Nullable
    UpstreamConnection takeUnused(long nanos) {
        long now = loop.now();
        for (int i = 0; i < size && now - since[i] >= nanos; i++) {
            UpstreamConnection connection = stack[i];
            if (connection != null && connection.isIdle()) {
                return pop(i);
            }
        }
        return null;
    }

    @Override
    protected void expired() {
        long now = loop.now();
        timed = false;
        while (size > 0 && now - since[0] >= MAX_AGE) {
            retireOldest();
        }
        if (size > 0) {
            timed = true;
            loop.deadline(this, Math.max(1, MAX_AGE - (now - since[0])));
        }
    }

    /** Retires the one that was used longest ago, if there is one. */
    void retireOldest() {
        UpstreamConnection bottom = size == 0 ? null : pop(0);
        if (bottom != null) {
            bottom.retire();
        }
    }

    /** Retires those that meet a condition. */
    void retireIf(Predicate<UpstreamConnection> condition) {
        for (int i = size - 1; i >= 0; i--) {
            UpstreamConnection connection = i < size ? stack[i] : null;
            if (connection != null && condition.test(connection)) {
                pop(i);
                connection.retire();
            }
        }
    }
}
