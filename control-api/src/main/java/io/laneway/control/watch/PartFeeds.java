package io.laneway.control.watch;

import io.laneway.control.store.Identity;
import io.laneway.control.table.TableState;
import io.laneway.router.part.Interest;
import io.laneway.router.part.TableParts;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of parts that are watched, one for each interest, and the index of the newest table that they share. Without a
 * watcher of a part there is none of both. Safe for many threads.
 */
final class PartFeeds {

    private final Vertx vertx;
    private final WatchEvents whole;
    private final Supplier<Identity> identity;
    private final Map<Interest, Used> feeds = new HashMap<>();
    private @Nullable TableState indexed;
    private @Nullable TableParts parts;

    private record Used(PartEvents events, int watchers) {}

    PartFeeds(Vertx vertx, WatchEvents whole, Supplier<Identity> identity) {
        this.vertx = vertx;
        this.whole = whole;
        this.identity = identity;
    }

    /** The feed of an interest, for one watcher more. */
    synchronized WatchFeed open(Interest interest) {
        return feeds.compute(
                        interest,
                        (same, used) -> used == null
                                ? new Used(new PartEvents(vertx, whole, identity, this::newest, interest), 1)
                                : new Used(used.events(), used.watchers() + 1))
                .events();
    }

    /** One watcher of the interest less. */
    synchronized void close(Interest interest) {
        feeds.computeIfPresent(
                interest, (same, used) -> used.watchers() == 1 ? null : new Used(used.events(), used.watchers() - 1));
        if (feeds.isEmpty()) {
            parts = null;
            indexed = null;
        }
    }

    /** How many different parts are watched. */
    synchronized int size() {
        return feeds.size();
    }

    @SuppressWarnings("ReferenceEquality") // each published state is an instance of its own
    private synchronized TableParts newest() {
        TableState state = whole.state();
        if (state == null) {
            throw new IllegalStateException("watch: asked before the table was read");
        }
        TableParts known = parts;
        if (known == null || indexed != state) {
            known = TableParts.of(state.publishedTable(), known);
            parts = known;
            indexed = state;
        }
        return known;
    }
}
