package io.laneway.control.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchEventsTest {

    private static final int WATCHERS = 200;
    private static final TableObjects OBJECTS = TableObjects.EMPTY;
    private static final TableState STATE = new TableState(0, 0, OBJECTS, Map.of(), 0, Map.of(), OBJECTS);

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger tables = new AtomicInteger();
    private final WatchEvents events = new WatchEvents(
            vertx,
            () -> new Identity("store-1", 0, List.of()),
            state -> "{\"revision\":" + state.revision() + ",\"n\":" + tables.incrementAndGet() + "}");

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void aChangeIsEncodedOnceForAllWatchers() {
        events.reset(STATE);
        for (long revision = 1; revision <= 3; revision++) {
            events.add(STATE, List.of(new PublishedRow(revision, "edit", "[]")));
        }
        Set<Buffer> frames = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int watcher = 0; watcher < WATCHERS; watcher++) {
            for (long cursor = 0; cursor < 3; cursor++) {
                frames.add(events.after(cursor).bytes());
            }
        }
        assertThat(frames).hasSize(3);
    }

    @Test
    void theWholeTableIsEncodedOnceForAllThatCome() {
        events.reset(STATE);
        for (int watcher = 0; watcher < WATCHERS; watcher++) {
            events.snapshot().await();
        }
        assertThat(tables).hasValue(1);
    }
}
