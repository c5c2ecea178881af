package io.laneway.control.event;

import io.laneway.control.edit.RevisionListener;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableState;
import io.laneway.control.watch.EventFeed;
import io.laneway.router.background.DaemonThreadFactory;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the events and wakes their readers. An event is encoded once; a reader keeps the number of what it was sent last,
 * so a slow one costs nothing. Without readers nothing is looked at. Safe for many threads; sources are asked on one
 * thread of its own, which may block.
 */
public final class EventHub implements RevisionListener, Emitter, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(EventHub.class);

    private static final int MAX_EVENTS = 1_024;
    private static final long MAX_BYTES = 8L << 20;
    private static final int MAX_READERS = 2_000;

    /** Revisions beyond this that wait for the thread are not told one by one. */
    private static final int MAX_WAITING = 256;

    private static final long TICK_MS = 500;

    /** So long after the last reader left it is looked on, since a reader that lost its connection comes again. */
    private static final long LINGER_MS = 60_000;

    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DaemonThreadFactory("laneway-control-events"));
    private final EventFeed feed = new EventFeed(MAX_EVENTS, MAX_BYTES);
    private final Set<EventReader> readers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger waiting = new AtomicInteger();
    private final List<Timed> sources = new ArrayList<>();
    private volatile @Nullable RevisionEvents revisions;
    private volatile String epoch = "0";
    private volatile boolean active;
    private volatile boolean closed;
    private long ticks;
    private long left;

    /** A source, and at which ticks it is looked at. Immutable. */
    private record Timed(EventSource source, int every) {}

    /** Begins to look, as soon as there are readers. */
    void start(RevisionEvents revisionEvents, String name) {
        revisions = revisionEvents;
        epoch = name;
        thread.scheduleWithFixedDelay(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Adds a source that is looked at so often; to be called before the start. */
    void add(EventSource source, long everyMs) {
        sources.add(new Timed(source, (int) (everyMs / TICK_MS)));
    }

    @Override
    public void revisions(TableState state, List<PublishedRow> rows) {
        if (!active) {
            return;
        }
        boolean tooMany = waiting.addAndGet(rows.size()) > MAX_WAITING;
        run(() -> {
            waiting.addAndGet(-rows.size());
            RevisionEvents known = revisions;
            if (tooMany || known == null) {
                replaced(state);
            } else {
                known.add(rows, this);
            }
        });
    }

    @Override
    public void reset(TableState state) {
        if (active) {
            run(() -> replaced(state));
        }
    }

    private void replaced(TableState state) {
        emit("reset", new JsonObject().put("revision", state.revision()));
        sources.forEach(timed -> timed.source().begin());
    }

    /** Refuses one reader too many. */
    void admit() {
        if (readers.size() >= MAX_READERS) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY, "events have " + MAX_READERS + " readers (expected: again when some left)");
        }
    }

    /** Lets a reader begin; it is sent what comes from now on, or from where it was. */
    void join(EventReader reader) {
        run(() -> {
            if (!active) {
                active = true;
                sources.forEach(timed -> timed.source().begin());
            }
            readers.add(reader);
            if (reader.over()) {
                readers.remove(reader);
            } else {
                reader.begin(epoch, feed.newest());
            }
        });
    }

    void leave(EventReader reader) {
        readers.remove(reader);
    }

    /** How many readers there are. */
    int size() {
        return readers.size();
    }

    private void tick() {
        if (!readers.isEmpty()) {
            left = ticks;
        }
        ticks++;
        if (active && (ticks - left) * TICK_MS > LINGER_MS) {
            active = false;
            // A reader that comes with the last event missed what was not looked at since.
            feed.reset(feed.newest() + 1);
        }
        if (active) {
            sources.stream().filter(timed -> ticks % timed.every() == 0).forEach(this::look);
        }
    }

    private void look(Timed timed) {
        try {
            timed.source().look(this);
        } catch (RuntimeException e) {
            if (!closed) {
                log.atWarn().setCause(e).log("events not made, tried again");
            }
        }
    }

    @Override
    public void emit(String name, JsonObject data) {
        long number = feed.newest() + 1;
        feed.add(number, EventText.of(name, epoch, number, data));
        readers.forEach(EventReader::wake);
    }

    EventFeed feed() {
        return feed;
    }

    private void run(Runnable task) {
        try {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.atWarn().setCause(e).log("an event was not made");
                }
            });
        } catch (RejectedExecutionException e) {
            log.atDebug().log("no event is made any more");
        }
    }

    /** Ends every reader. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        readers.forEach(EventReader::end);
    }
}
