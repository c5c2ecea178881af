package io.laneway.control.auth;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Calls that last, such as watches, and what their clients showed. One whose token is revoked or expires, whose key is
 * withdrawn, or which showed nothing before credentials were asked for, is ended. Safe for many threads.
 */
public final class Grants {

    private final Authenticator authenticator;
    private final Set<Held> open = ConcurrentHashMap.newKeySet();

    /** Not a record: two of one client are two. */
    private static final class Held {
        private final Principal who;
        private final Runnable end;

        Held(Principal who, Runnable end) {
            this.who = who;
            this.end = end;
        }
    }

    public Grants(Authenticator authenticator) {
        this.authenticator = authenticator;
    }

    /**
     * A call begins that lasts.
     *
     * @param end ends it; safe for many threads, does nothing when it has ended
     * @return to be run once it has ended
     */
    public Runnable begin(Principal who, Runnable end) {
        Held held = new Held(who, end);
        open.add(held);
        return () -> open.remove(held);
    }

    /** Ends the calls of clients that may no more. Blocks. */
    public void look() {
        if (open.isEmpty()) {
            return;
        }
        Predicate<Principal> holds = authenticator.holding();
        for (Held held : List.copyOf(open)) {
            if (!holds.test(held.who) && open.remove(held)) {
                held.end.run();
            }
        }
    }
}
