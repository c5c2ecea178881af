package io.laneway.control.watch;

import io.laneway.control.store.Identity;
import io.laneway.router.codec.DeltaForm;
import io.laneway.router.codec.TableWriter;
import io.laneway.router.model.LaneTable;
import io.laneway.router.part.Interest;
import io.laneway.router.part.TableParts;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one part of the table, for all watchers of the same interest: the part is taken and compared once a
 * revision, or once for several, when the first of them asks. A revision that changes nothing of the part is sent as a
 * delta without changes, so that {@code wait=applied} holds. Who comes or falls behind is sent the part whole, which is
 * small. Safe for many threads.
 */
final class PartEvents implements WatchFeed {

    private static final int MAX_STEPS = 64;

    private final Vertx vertx;
    private final WatchEvents whole;
    private final Supplier<Identity> identity;
    private final Supplier<TableParts> parts;
    private final Interest interest;
    private final Deque<Held> steps = new ArrayDeque<>();
    private @Nullable LaneTable part;
    private @Nullable Snapshot snapshot;
    private long epoch;

    /** A step and the revision from which it leads. */
    private record Held(long from, Step step) {}

    /** @param parts those of the newest table */
    PartEvents(
            Vertx vertx,
            WatchEvents whole,
            Supplier<Identity> identity,
            Supplier<TableParts> parts,
            Interest interest) {
        this.vertx = vertx;
        this.whole = whole;
        this.identity = identity;
        this.parts = parts;
        this.interest = interest;
    }

    @Override
    public long epoch() {
        return whole.epoch();
    }

    @Override
    public boolean empty() {
        return whole.empty();
    }

    /** What a client has may be another part. */
    @Override
    public boolean follows(@Nullable String store, long from) {
        return false;
    }

    @Override
    public synchronized @Nullable Step after(long revision) {
        advance();
        for (Held held : steps) {
            if (held.from() == revision) {
                return held.step();
            }
        }
        return null;
    }

    @Override
    public synchronized boolean reaches(long revision) {
        LaneTable now = part;
        return now != null && (revision == now.revision() || steps.stream().anyMatch(held -> held.from() == revision));
    }

    @Override
    public Future<Snapshot> snapshot() {
        return vertx.executeBlocking(this::encoded, true);
    }

    private synchronized Snapshot encoded() {
        LaneTable now = advance();
        Snapshot last = snapshot;
        if (last == null || last.revision() != now.revision() || last.epoch() != epoch) {
            String table = new String(TableWriter.json(now), StandardCharsets.UTF_8);
            last = new Snapshot(now.revision(), epoch, EventEncoder.snapshot(identity.get(), now.revision(), table));
            snapshot = last;
        }
        return last;
    }

    /** The part of the newest table. */
    private LaneTable advance() {
        long current = whole.epoch();
        TableParts newest = parts.get();
        LaneTable before = epoch == current ? part : null;
        if (before != null && before.revision() >= newest.table().revision()) {
            return before;
        }
        LaneTable now = newest.part(interest);
        if (before == null) {
            steps.clear();
        } else {
            add(before, now);
        }
        epoch = current;
        part = now;
        return now;
    }

    private void add(LaneTable before, LaneTable now) {
        List<TableChange> changes = TableDelta.changes(before, now);
        String json = changes.isEmpty() ? "[]" : new String(DeltaForm.json(changes), StandardCharsets.UTF_8);
        Buffer bytes = EventEncoder.delta(identity.get(), before.revision(), now.revision(), json);
        steps.addLast(new Held(before.revision(), new Step(now.revision(), bytes)));
        if (steps.size() > MAX_STEPS) {
            steps.removeFirst();
        }
    }
}
