package io.laneway.control.question;

import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.http.message.MemoryBounds;
import io.laneway.control.http.message.MemoryShare;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.QuestionRows;
import io.laneway.control.store.QuestionRows.AnswerPart;
import io.laneway.control.store.QuestionRows.QuestionRow;
import io.laneway.control.table.Refusal;
import io.laneway.control.watch.WatchHub;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The questions that are open: those that were asked here, with who collects their answers, and where replicas share the
 * store those of the others, so that each replica hands them to the gateways that watch it and passes on what comes
 * back. Bounded by number; a question of a replica that is gone ends by itself. Safe for many threads; what blocks says
 * so.
 */
public final class Questions {

    private static final Logger log = LoggerFactory.getLogger(Questions.class);

    /** A question whose replica has not renewed it for so long is over. */
    private static final long ALIVE_MS = 10_000;

    /** Replicas' clocks may differ by so much. */
    private static final long SKEW_MS = 10_000;

    private static final long FORGET_MS = 60_000;

    private final Vertx vertx;
    private final WatchHub hub;
    private final GatewayRegistry gateways;
    private final QuestionRows rows;
    private final boolean shared;
    private final Clock clock;
    private final MemoryShare room = new MemoryShare(MemoryBounds.here().answers());
    private final String replica = UUID.randomUUID().toString();
    private final AtomicInteger lookups = new AtomicInteger();
    private final AtomicInteger tails = new AtomicInteger();
    private final Map<String, Mine> mine = new ConcurrentHashMap<>();
    private final Map<String, QuestionKind> others = new ConcurrentHashMap<>();
    private final AnswerStreams streams = new AnswerStreams();
    private final Queue<String> ended = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean ending = new AtomicBoolean();
    private final AtomicLong parts;
    private volatile boolean closed;

    /** A question that was asked here. */
    private record Mine(QuestionKind kind, Collector collector) {}

    public Questions(Vertx vertx, WatchHub hub, GatewayRegistry gateways, ControlStore store, Clock clock) {
        this.vertx = vertx;
        this.hub = hub;
        this.gateways = gateways;
        this.rows = store.questions();
        this.shared = store.shared();
        this.clock = clock;
        // Above the numbers of a process before this one, whose answers may wait still.
        this.parts = new AtomicLong(clock.millis() * 1_000);
    }

    /** A number for a part of an answer, above those before it. */
    long nextPart() {
        return parts.incrementAndGet();
    }

    MemoryShare room() {
        return room;
    }

    /** How many of a kind are open. */
    private AtomicInteger open(QuestionKind kind) {
        return kind == QuestionKind.TAIL ? tails : lookups;
    }

    /** Who would be asked. Blocks. */
    Fleet fleet(QuestionKind kind) {
        return Fleet.of(gateways.all(), kind);
    }

    /**
     * Asks all gateways; blocks.
     *
     * @return names the question; it is open until {@link #end}
     * @throws Refusal if too many of that kind are open
     */
    String ask(QuestionKind kind, JsonObject filter, Duration within, Collector collector) {
        if (open(kind).incrementAndGet() > kind.most()) {
            open(kind).decrementAndGet();
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    kind.most() + " questions of kind " + kind.word()
                            + " are open (expected: again after a second, when some are over)");
        }
        String id = UUID.randomUUID().toString();
        long now = clock.millis();
        QuestionRow row =
                new QuestionRow(id, replica, kind.word(), filter.encode(), now + within.toMillis(), now + ALIVE_MS);
        mine.put(id, new Mine(kind, collector));
        try {
            rows.put(row);
        } catch (RuntimeException e) {
            mine.remove(id);
            open(kind).decrementAndGet();
            throw e;
        }
        hub.ask(id, event(row));
        return id;
    }

    private static String event(QuestionRow row) {
        return new JsonObject()
                .put("id", row.id())
                .put("kind", row.kind())
                .put("filter", new JsonObject(row.filter()))
                .put("until", Instant.ofEpochMilli(row.until()).toString())
                .encode();
    }

    /** A question that was asked here is over; safe to repeat. */
    void end(String id) {
        Mine asked = mine.remove(id);
        if (asked == null) {
            return;
        }
        open(asked.kind()).decrementAndGet();
        over(id);
        ended.add(id);
        if (ending.compareAndSet(false, true)) {
            var unused = vertx.executeBlocking(this::endRows, false);
        }
    }

    private void over(String id) {
        hub.over(id);
        streams.end(id);
    }

    private boolean endRows() {
        ending.set(false);
        if (closed) {
            return false;
        }
        List<String> ids = new ArrayList<>();
        for (String id = ended.poll(); id != null; id = ended.poll()) {
            ids.add(id);
        }
        try {
            if (!ids.isEmpty()) {
                rows.end(ids);
            }
        } catch (RuntimeException e) {
            log.atWarn().setCause(e).log("questions that are over stay in the store for a minute");
        }
        return true;
    }

    /** The kind of a question that is open, at whichever replica. Blocks. */
    Optional<QuestionKind> kind(String id) {
        Mine here = mine.get(id);
        if (here != null) {
            return Optional.of(here.kind());
        }
        if (shared && !others.containsKey(id)) {
            look();
        }
        return Optional.ofNullable(others.get(id));
    }

    /** Whether questions of a kind are handed to a gateway. Blocks. */
    boolean asks(QuestionKind kind, String gateway) {
        return gateways.answers(gateway, kind.word());
    }

    /** Whether it was asked here. */
    boolean here(String id) {
        return mine.containsKey(id);
    }

    /** Runs what ends a streamed answer when its question is over; at once if it is. */
    Runnable stream(String id, Runnable end) {
        return streams.begin(id, end, () -> here(id) || others.containsKey(id));
    }

    /** Hands an answer to the one who collects it here; does not block. */
    void collect(String id, String gateway, String body) {
        Mine asked = mine.get(id);
        if (asked != null) {
            asked.collector().take(gateway, body);
        }
    }

    /**
     * Hands an answer to the one who collects it, at whichever replica; blocks.
     *
     * @return false if it was not taken: the question is over, or too much waits for the replica that asked
     */
    boolean deliver(AnswerPart part, int most) {
        if (here(part.question())) {
            collect(part.question(), part.gateway(), part.body());
            return true;
        }
        return shared && rows.answer(part, clock.millis(), most);
    }

    /** Where replicas share the store: takes what the others asked, and what they heard for this one. Blocks. */
    public synchronized void look() {
        if (!shared) {
            return;
        }
        Map<String, QuestionKind> now = new HashMap<>();
        for (QuestionRow row : rows.open(clock.millis() - SKEW_MS)) {
            Optional<QuestionKind> kind = QuestionKind.parse(row.kind());
            if (kind.isPresent() && !row.replica().equals(replica)) {
                now.put(row.id(), kind.get());
                others.put(row.id(), kind.get());
                hub.ask(row.id(), event(row));
            }
        }
        others.keySet().removeIf(id -> {
            boolean over = !now.containsKey(id);
            if (over) {
                over(id);
            }
            return over;
        });
        if (!mine.isEmpty()) {
            rows.take(replica).forEach(part -> collect(part.question(), part.gateway(), part.body()));
        }
    }

    /** Ends what was asked here; to be called before the store is closed. Blocks. */
    public void close() {
        closed = true;
        List<String> ids = new ArrayList<>(mine.keySet());
        try {
            if (!ids.isEmpty()) {
                rows.end(ids);
            }
        } catch (RuntimeException e) {
            log.atDebug().setCause(e).log("questions stay in the store for a minute");
        }
    }

    /** Every two seconds: says that questions asked here are still alive, and removes those of replicas that died. */
    public void tend() {
        long now = clock.millis();
        if (!mine.isEmpty()) {
            rows.renew(replica, now + ALIVE_MS);
        }
        if (rows.size() > 0) {
            rows.forget(now - FORGET_MS);
        }
    }
}
