package io.laneway.gateway.traffic.authorize;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A check under way, and all who wait for its decision, on whatever event loop. Safe for many threads. */
final class SharedCheck {

    private final List<Consumer<AuthDecision>> waiting = new ArrayList<>(2);
    private @Nullable AuthDecision decision;

    /** Has it called with the decision, by any thread; at once if that is there. */
    void join(Consumer<AuthDecision> waiter) {
        AuthDecision known;
        synchronized (waiting) {
            known = decision;
            if (known == null) {
                waiting.add(waiter);
            }
        }
        if (known != null) {
            waiter.accept(known);
        }
    }

    void decided(AuthDecision result) {
        List<Consumer<AuthDecision>> all;
        synchronized (waiting) {
            decision = result;
            all = List.copyOf(waiting);
            waiting.clear();
        }
        all.forEach(waiter -> waiter.accept(result));
    }
}
