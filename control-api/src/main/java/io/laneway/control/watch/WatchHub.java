package io.laneway.control.watch;

import io.laneway.control.edit.RevisionListener;
import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableState;
import io.laneway.router.part.Interest;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Takes every revision from the editor and wakes the watchers. A watcher keeps only the number of what it was sent last,
 * so a slow one costs nothing. One that fell behind what is kept, or comes without a revision, is sent the table whole.
 * Safe for many threads.
 */
public final class WatchHub implements RevisionListener {

    private final WatchEvents events;
    private final PartFeeds parts;
    private final OpenQuestions questions = new OpenQuestions();
    private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

    /**
     * @param identity who the store is now
     * @param encoder  writes the published table as JSON
     */
    public WatchHub(Vertx vertx, Supplier<Identity> identity, Function<TableState, String> encoder) {
        this.events = new WatchEvents(vertx, identity, encoder);
        this.parts = new PartFeeds(vertx, events, identity);
    }

    /** Takes what was published before the start, so that gateways that were connected need no snapshot. */
    public void remember(List<PublishedRow> tail) {
        events.remember(tail);
    }

    @Override
    public void revisions(TableState state, List<PublishedRow> rows) {
        events.add(state, rows);
        watchers.forEach(Watcher::wake);
    }

    @Override
    public void reset(TableState state) {
        events.reset(state);
        watchers.forEach(Watcher::wake);
    }

    /** Sends a question, a line of JSON, to every gateway that watches or comes to watch, until it is over. */
    public void ask(String id, String question) {
        if (questions.add(id, EventEncoder.question(question))) {
            watchers.forEach(Watcher::wake);
        }
    }

    /** A question is over. */
    public void over(String id) {
        questions.remove(id);
    }

    /** How many are watching. */
    public int size() {
        return watchers.size();
    }

    /** Whether a client has a revision that is newer than any we know. */
    public boolean ahead(long from) {
        return events.ahead(from);
    }

    /**
     * Starts a watch as the body of a response.
     *
     * @param begun is given what ends the watch, and gives what is to be run once when it has ended
     */
    public void start(Context context, HttpServerResponse response, WatchClient client, UnaryOperator<Runnable> begun) {
        Interest interest = client.interest();
        WatchFeed feed = interest == null ? events : parts.open(interest);
        Watcher watcher = new Watcher(feed, questions, context, response, client);
        Runnable ended = begun.apply(watcher::end);
        watcher.start(() -> {
            ended.run();
            watchers.remove(watcher);
            if (interest != null) {
                parts.close(interest);
            }
        });
        watchers.add(watcher);
        watcher.first();
    }

    /** Ends every watch. */
    public void close() {
        watchers.forEach(Watcher::end);
    }
}
