package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.runtime.eventloop.Loop;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for exchanges that are older than their timeouts allow, which is a fault of the gateway, and logs what each
 * side of them does. Has a timer of its own, as the wheel that ends exchanges may be what failed. Confined to one event
 * loop.
 */
final class Watchdog {

    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    /** How late a deadline may be on a busy machine. */
    private static final long SLACK = TimeUnit.SECONDS.toNanos(2);

    /** So many are logged at one look: where one hangs, many may. */
    private static final int MOST = 5;

    private final Loop loop;
    private @Nullable Watched first;

    /** What is looked at: a link of the list of those in flight. Confined to one event loop. */
    abstract static class Watched {
        private @Nullable Watched next;
        private @Nullable Watched previous;
        private int looks;

        /** Whether it should have ended so many nanoseconds ago. */
        abstract boolean isOverdue(long now, long slack);

        /** Where it goes. */
        abstract String target();

        /** What the client's side does. */
        abstract String clientState();

        /** What the endpoint's side does. */
        abstract String endpointState();

        /** Nanoseconds since it began. */
        abstract long age(long now);
    }

    Watchdog(Loop loop) {
        this.loop = loop;
    }

    /** Begins to look. Any thread. */
    void start() {
        var unused = loop.eventLoop().scheduleAtFixedRate(this::look, PERIOD, PERIOD, TimeUnit.NANOSECONDS);
    }

    void enter(Watched watched) {
        Watched head = first;
        watched.looks = 0;
        watched.previous = null;
        watched.next = head;
        if (head != null) {
            head.previous = watched;
        }
        first = watched;
    }

    void leave(Watched watched) {
        Watched before = watched.previous;
        Watched after = watched.next;
        if (before != null) {
            before.next = after;
        } else if (first == watched) {
            first = after;
        }
        if (after != null) {
            after.previous = before;
        }
        watched.previous = null;
        watched.next = null;
    }

    /** Logs those that are overdue for the second time in a row: after a pause of the machine all are for a moment. */
    void look() {
        long now = loop.now();
        int logged = 0;
        for (Watched each = first; each != null; each = each.next) {
            each.looks = each.looks > 1 ? each.looks : each.isOverdue(now, SLACK) ? each.looks + 1 : 0;
            if (each.looks == 2 && logged < MOST) {
                each.looks++;
                logged++;
                log(each, now);
            }
        }
    }

    private static void log(Watched overdue, long now) {
        LOG.atError()
                .addKeyValue("target", overdue.target())
                .addKeyValue("seconds", TimeUnit.NANOSECONDS.toSeconds(overdue.age(now)))
                .addKeyValue("client", overdue.clientState())
                .addKeyValue("upstream", overdue.endpointState())
                .log("an exchange is older than its timeouts allow");
    }
}
