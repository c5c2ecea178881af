package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.stream.UpstreamConnection;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.record.DeploymentStats;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Idle connections, a stack: the last one used is taken first, so that those not needed grow old and are
 * closed. Confined to one event loop.
 */
final class IdleConnections extends TimerEntry {

    /** Shorter than the keep-alive time of most servers, so that it is rarely they who close. */
    private static final long MAX_AGE = TimeUnit.SECONDS.toNanos(30);

    private static final int MAX = 1024;

    private final Loop loop;
    private final DeploymentStats stats;
    private final List<Free> stack = new ArrayList<>();
    private final List<Free> spare = new ArrayList<>();
    private boolean timed;

    /** A place on the stack, used again. */
    private static final class Free {
        @Nullable
        UpstreamConnection connection;

        long since;
    }

    IdleConnections(Loop loop, DeploymentStats stats) {
        this.loop = loop;
        this.stats = stats;
    }

    /** A connection that takes a stream, or null. */
    @Nullable
    UpstreamConnection take() {
        while (!stack.isEmpty()) {
            UpstreamConnection connection = pop(stack.size() - 1);
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
        boolean here = !stack.isEmpty() && connection.equals(stack.get(stack.size() - 1).connection);
        if (!here) {
            add(connection);
        }
    }

    /** Keeps a connection, or retires it if there are too many. */
    void add(UpstreamConnection connection) {
        if (stack.size() >= MAX) {
            connection.retire();
            return;
        }
        Free free = spare.isEmpty() ? new Free() : spare.remove(spare.size() - 1);
        free.connection = connection;
        free.since = loop.now();
        stack.add(free);
        stats.busyConnections.decrement();
        stats.idleConnections.increment();
        if (!timed) {
            timed = true;
            loop.deadline(this, MAX_AGE);
        }
    }

    /** Whether it was here. */
    boolean remove(UpstreamConnection connection) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            if (connection.equals(stack.get(i).connection)) {
                pop(i);
                stats.busyConnections.decrement();
                return true;
            }
        }
        return false;
    }

    private @Nullable UpstreamConnection pop(int index) {
        Free free = stack.remove(index);
        UpstreamConnection connection = free.connection;
        free.connection = null;
        spare.add(free);
        stats.idleConnections.decrement();
        stats.busyConnections.increment();
        return connection;
    }

    @Override
    protected void expired() {
        long now = loop.now();
        timed = false;
        while (!stack.isEmpty() && now - stack.get(0).since >= MAX_AGE) {
            UpstreamConnection oldest = pop(0);
            if (oldest != null) {
                oldest.retire();
            }
        }
        if (!stack.isEmpty()) {
            timed = true;
            loop.deadline(this, Math.max(1, MAX_AGE - (now - stack.get(0).since)));
        }
    }

    /** Retires the one that was used longest ago, if there is one. */
    void retireOldest() {
        UpstreamConnection oldest = stack.isEmpty() ? null : pop(0);
        if (oldest != null) {
            oldest.retire();
        }
    }

    /** Retires those that meet a condition. */
    void retireIf(Predicate<UpstreamConnection> condition) {
        for (int i = stack.size() - 1; i >= 0; i--) {
            UpstreamConnection connection = i < stack.size() ? stack.get(i).connection : null;
            if (connection != null && condition.test(connection)) {
                pop(i);
                connection.retire();
            }
        }
    }
}
