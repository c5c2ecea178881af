package io.laneway.control.replay;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.ReplayRows;
import io.laneway.control.store.ReplayRows.Added;
import io.laneway.control.store.ReplayRows.ReplayRow;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.table.Refusal;
import io.laneway.control.watch.WatchHub;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The replays that gateways do. Those that wait are handed down the watch, by each replica to the gateways that watch it;
 * the gateway that takes one says so, and says every second how far it is. One whose gateway does not take it, or falls
 * silent, fails. Safe for many threads; blocks.
 */
public final class Replays {

    /** Each is one process's load on the services. */
    private static final int MOST_OPEN = 8;

    /** With what differed, at most half a megabyte each. */
    private static final int KEPT = 50;

    private static final long TAKEN_MS = Duration.ofSeconds(30).toMillis();
    private static final long SILENT_MS = Duration.ofSeconds(60).toMillis();
    private static final int TRIES = 20;

    private final WatchHub hub;
    private final ReplayRows rows;
    private final Clock clock;
    private final long started;
    private final Set<String> asked = new HashSet<>();

    public Replays(WatchHub hub, ControlStore store, Clock clock) {
        this.hub = hub;
        this.rows = store.replays();
        this.clock = clock;
        this.started = clock.millis();
    }

    /** Adds one that waits for its gateway; what is there already under its id stays. */
    ReplayRow start(ReplayRow row, AuditRow audit) {
        Added added = rows.add(row, audit, MOST_OPEN, KEPT);
        if (added == Added.GATEWAY_BUSY) {
            throw Refusal.conflict(
                    "gateway " + row.gateway() + " has a replay (expected: one at a time; abort it first)");
        }
        if (added == Added.TOO_MANY) {
            throw new Refusal(
                    Refusal.Kind.TOO_MANY,
                    MOST_OPEN + " replays run (expected: at most " + MOST_OPEN + " at once; abort one)");
        }
        look();
        return find(row.id());
    }

    /** All that are kept, the newest first, without what differed. */
    public List<ReplayRow> all() {
        return rows.all();
    }

    ReplayRow find(String id) {
        return rows.find(id).orElseThrow(() -> Refusal.absent("replay " + id));
    }

    /** Ends one; one that has ended stays as it is. */
    ReplayRow abort(String id, AuditRow audit) {
        for (int i = 0; i < TRIES; i++) {
            ReplayRow was = find(id);
            ReplayState state = ReplayState.of(was.state());
            if (state.ended() || state == ReplayState.ABORTING) {
                return was;
            }
            ReplayRow now = state == ReplayState.WAITING
                    ? ended(was, ReplayState.ABORTED, "")
                    : with(was, ReplayState.ABORTING, was.heard(), was.progress());
            if (rows.replace(was, now, audit)) {
                look();
                return now;
            }
        }
        throw Refusal.conflict("replay " + id + " changes too often (expected: again)");
    }

    private ReplayRow ended(ReplayRow was, ReplayState state, String problem) {
        return new ReplayRow(
                was.id(),
                was.gateway(),
                state.word(),
                was.wish(),
                was.who(),
                was.why(),
                was.created(),
                was.until(),
                was.heard(),
                clock.millis(),
                was.run(),
                problem,
                was.progress(),
                was.report());
    }

    private static ReplayRow with(ReplayRow was, ReplayState state, long heard, String progress) {
        return new ReplayRow(
                was.id(),
                was.gateway(),
                state.word(),
                was.wish(),
                was.who(),
                was.why(),
                was.created(),
                was.until(),
                heard,
                0,
                was.run(),
                was.problem(),
                progress,
                was.report());
    }

    /**
     * Takes what a gateway says.
     *
     * @param report what differed, as JSON; empty if it does not say
     * @return the replay's state now; empty if it is not that gateway's to do, or not any more
     */
    Optional<ReplayState> heard(String gateway, String id, ReplayProgress said, String report) {
        for (int i = 0; i < TRIES; i++) {
            ReplayRow was = find(id);
            if (!was.gateway().equals(gateway)) {
                throw Refusal.absent("replay " + id + " for gateway " + gateway);
            }
            ReplayState state = ReplayState.of(was.state());
            boolean mine = was.run().equals(said.run());
            if (state.ended() || (state != ReplayState.WAITING && !mine)) {
                // said again, since the response was lost
                return mine && said.state().ended() ? Optional.of(state) : Optional.empty();
            }
            ReplayRow now = next(was, state, said, report);
            if (rows.replace(was, now)) {
                if (state == ReplayState.WAITING) {
                    over(id);
                }
                return Optional.of(ReplayState.of(now.state()));
            }
        }
        throw Refusal.conflict("replay " + id + " changes too often (expected: again)");
    }

    private ReplayRow next(ReplayRow was, ReplayState state, ReplayProgress said, String report) {
        // later than before, so that of two that read the same one counts
        long now = Math.max(clock.millis(), was.heard() + 1);
        boolean ended = said.state().ended();
        ReplayState next = ended ? said.state() : state == ReplayState.WAITING ? ReplayState.RUNNING : state;
        return new ReplayRow(
                was.id(),
                was.gateway(),
                next.word(),
                was.wish(),
                was.who(),
                was.why(),
                was.created(),
                was.until(),
                now,
                ended ? now : 0,
                said.run(),
                said.problem(),
                said.counts().encode(),
                ended ? report : "");
    }

    private synchronized void over(String id) {
        if (asked.remove(id)) {
            hub.over(id);
        }
    }

    /** Hands out those that wait, and takes back those that do not any more. */
    public synchronized void look() {
        List<ReplayRow> waiting = rows.open().stream()
                .filter(row -> row.state().equals(ReplayState.WAITING.word()))
                .toList();
        Set<String> ids = waiting.stream().map(ReplayRow::id).collect(Collectors.toSet());
        List.copyOf(asked).stream().filter(id -> !ids.contains(id)).forEach(this::over);
        for (ReplayRow row : waiting) {
            if (asked.add(row.id())) {
                hub.ask(row.id(), order(row));
            }
        }
    }

    private static String order(ReplayRow row) {
        JsonObject wish = new JsonObject(row.wish());
        return new JsonObject()
                .put("id", row.id())
                .put("kind", ReplayWish.kind(wish))
                .put("filter", wish)
                .put("until", Instant.ofEpochMilli(row.until()).toString())
                .encode();
    }

    /** Every two seconds: ends those that no gateway does, and hands out what another process took in. */
    public void tend() {
        long now = clock.millis();
        for (ReplayRow row : rows.open()) {
            boolean waits = row.state().equals(ReplayState.WAITING.word());
            if (waits && now - row.created() > TAKEN_MS) {
                fail(
                        row,
                        "gateway " + row.gateway() + " did not begin within " + TAKEN_MS / 1_000
                                + " s (expected: one that watches this control API)");
            } else if (!waits && now - Math.max(row.heard(), started) > SILENT_MS) {
                // a gateway that is cut off sends until then; one that comes back hears that it is over
                fail(
                        row,
                        "gateway " + row.gateway() + " has said nothing since "
                                + Instant.ofEpochMilli(row.heard()) + " (if it runs still, it ends at "
                                + Instant.ofEpochMilli(row.until()) + " at the latest)");
            }
        }
        look();
    }

    private void fail(ReplayRow row, String why) {
        rows.replace(row, ended(row, ReplayState.FAILED, why));
    }
}
