package io.laneway.control.gateways;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.SideRows.GatewayRow;
import io.laneway.control.table.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which gateways there are, how far each has come and what they measured. Where replicas share the store, reports go
 * through it, so that each replica knows what the others heard. Safe for many threads; {@link #report}, {@link #all},
 * {@link #applied} and {@link #listen} may block.
 */
public final class GatewayRegistry {

    private static final int MAX_GATEWAYS = 10_000;
    private static final long KEEP_MS = Duration.ofDays(1).toMillis();
    /** Longer than a gateway takes to come back; one that was ended for good holds waits up for so long. */
    private static final long MISSED_MS = Duration.ofMinutes(5).toMillis();

    private static final long WRITE_EVERY_MS = 5_000;

    /** Where no replica waits for it, a gateway that follows many changes is not written with each. */
    private static final long WRITE_REVISION_MS = 1_000;

    private static final long POLL_MS = 25;

    /** Replicas' clocks may differ, so rows from so long before the newest are read again. */
    private static final long SKEW_MS = 10_000;

    private final Vertx vertx;
    private final ControlStore store;
    private final Clock clock;
    private final long silenceMs;
    private final long maxBytes;
    private final Measures measures;
    private final ReportListener traffic;
    private final FleetShares shares = new FleetShares();
    private final Map<String, Heard> heard = new ConcurrentHashMap<>();
    private final Map<String, Integer> watching = new ConcurrentHashMap<>();

    private record Heard(long at, long written, int size, GatewayReport report) {}

    /** How many connected gateways have a revision, and which have not. Immutable. */
    public record Applied(int connected, int applied, List<String> stragglers) {
        public Applied {
            stragglers = List.copyOf(stragglers);
        }

        public boolean everywhere() {
            return stragglers.isEmpty();
        }
    }

    /**
     * @param silence  a gateway that was not heard of for so long and does not watch is gone
     * @param maxBytes the most that the reports of all gateways may be, all together
     * @param measures takes what is heard, for guards
     * @param traffic  takes what is heard, for people
     */
    public GatewayRegistry(
            Vertx vertx,
            ControlStore store,
            Clock clock,
            Duration silence,
            long maxBytes,
            Measures measures,
            ReportListener traffic) {
        this.maxBytes = maxBytes;
        this.vertx = vertx;
        this.store = store;
        this.clock = clock;
        this.silenceMs = silence.toMillis();
        this.measures = measures;
        this.traffic = traffic;
        store.side().gatewaysSince(0).forEach(this::hear);
    }

    /**
     * Takes a report. Returns the one before it, whichever replica got that; null if there was none.
     *
     * @param size of the report in bytes
     */
    public @Nullable GatewayReport report(String id, GatewayReport told, int size) {
        long now = clock.millis();
        if (store.shared()) {
            store.side().gateway(id).ifPresent(this::hear);
        }
        Heard last = heard.get(id);
        room(id, size, now);
        GatewayReport before = last == null ? null : last.report();
        GatewayReport report = told.after(before);
        boolean write = store.shared()
                || last == null
                || now - last.written()
                        >= (last.report().revision() == report.revision() ? WRITE_EVERY_MS : WRITE_REVISION_MS);
        heard.put(id, new Heard(now, write || last == null ? now : last.written(), size, report));
        measures.add(id, report, now);
        traffic.reported(id, report, now);
        shares.reported(id, report, now);
        if (write) {
            store.side()
                    .putGateway(new GatewayRow(id, now, ReportForm.json(report).encode()));
        }
        return before;
    }

    private void room(String id, int size, long now) {
        if (!fits(id, size)) {
            forget(now);
            if (!fits(id, size)) {
                throw new Refusal(
                        Refusal.Kind.TOO_LARGE,
                        "the reports of " + heard.size() + " gateways take all the room there is (expected: at most "
                                + MAX_GATEWAYS + " gateways, and " + maxBytes + " bytes)");
            }
        }
    }

    private boolean fits(String id, int size) {
        long others = 0;
        for (Map.Entry<String, Heard> one : heard.entrySet()) {
            others += one.getKey().equals(id) ? 0 : one.getValue().size();
        }
        return (heard.containsKey(id) || heard.size() < MAX_GATEWAYS) && others + size <= maxBytes;
    }

    /** Takes what the store has of a gateway, where that is newer than what is known. */
    private void hear(GatewayRow row) {
        Heard last = heard.get(row.id());
        if (last == null || last.at() < row.seen()) {
            GatewayReport report = ReportForm.parse(row.body());
            heard.merge(
                    row.id(),
                    new Heard(row.seen(), row.seen(), row.body().length(), report),
                    (known, stored) -> known.at() < stored.at() ? stored : known);
            measures.add(row.id(), report, row.seen());
            traffic.reported(row.id(), report, row.seen());
            shares.reported(row.id(), report, row.seen());
        }
    }

    /** Where replicas share the store: takes what the others heard since this was called last. */
    public void listen() {
        if (store.shared()) {
            long newest = heard.values().stream().mapToLong(Heard::at).max().orElse(0);
            store.side().gatewaysSince(newest - SKEW_MS).forEach(this::hear);
        }
    }

    /** A gateway opened a watch. */
    public void watches(String id) {
        watching.merge(id, 1, Integer::sum);
    }

    /** A gateway closed a watch. */
    public void leaves(String id) {
        watching.computeIfPresent(id, (key, count) -> count == 1 ? null : count - 1);
    }

    /** Every gateway that was heard of within the last day. */
    public List<KnownGateway> all() {
        long now = clock.millis();
        listen();
        List<KnownGateway> all = new ArrayList<>();
        heard.forEach((id, last) -> {
            if (now - last.at() < KEEP_MS || watching.containsKey(id)) {
                boolean connected = connected(id, last, now);
                boolean missed = !connected && now - last.at() < MISSED_MS;
                all.add(new KnownGateway(id, last.at(), connected, missed, last.report()));
            }
        });
        all.sort((a, b) -> a.id().compareTo(b.id()));
        return all;
    }

    /**
     * Whether a question of a kind is handed to a gateway: it watches here, or was heard of lately, by whichever replica,
     * and said that it answers such questions. Blocks.
     */
    public boolean answers(String id, String kind) {
        Heard known = heard.get(id);
        if (watching.containsKey(id)) {
            return known == null || known.report().kind().equals(GatewayReport.GATEWAY);
        }
        if (store.shared()) {
            store.side().gateway(id).ifPresent(this::hear);
        }
        Heard last = heard.get(id);
        return last != null
                && connected(id, last, clock.millis())
                && last.report().questions().contains(kind);
    }

    private boolean connected(String id, Heard last, long now) {
        return watching.containsKey(id) || now - last.at() < silenceMs;
    }

    /** Tenants of a shift that gateways saw lately, in order. */
    public List<String> tenants(String shift) {
        listen();
        TreeSet<String> tenants = new TreeSet<>();
        heard.values().forEach(last -> tenants.addAll(last.report().tenants().getOrDefault(shift, List.of())));
        return List.copyOf(tenants);
    }

    /** Services that lost lanes lately, as connected gateways say, in order. Does not block. */
    public List<LostLanes> losses() {
        long now = clock.millis();
        TreeMap<String, LostLanes> losses = new TreeMap<>();
        heard.forEach((id, last) -> {
            if (connected(id, last, now)) {
                last.report().losses().forEach(each -> losses.merge(each.service(), each, LostLanes::plus));
            }
        });
        return List.copyOf(losses.values());
    }

    /** What became of the requests that a recording matched, by gateway, of those that say so. Does not block. */
    public SortedMap<String, RecordingCounts> recorded(String recording) {
        TreeMap<String, RecordingCounts> counts = new TreeMap<>();
        heard.forEach((id, last) -> last.report().recordings().stream()
                .filter(each -> each.recording().equals(recording))
                .forEach(each -> counts.put(id, each)));
        return counts;
    }

    /** The shares of a gateway that has just reported of rates that count over the fleet, by service. Does not block. */
    public Map<String, Double> shares(String gateway, Collection<String> services) {
        Map<String, Double> own = new TreeMap<>();
        if (!services.isEmpty()) {
            long now = clock.millis();
            Set<String> connected = new HashSet<>();
            heard.forEach((id, last) -> {
                if (connected(id, last, now) && last.report().kind().equals(GatewayReport.GATEWAY)) {
                    connected.add(id);
                }
            });
            services.forEach(service -> own.put(service, shares.share(service, gateway, connected)));
        }
        return own;
    }

    /** Waits until every connected gateway has a revision, or the time is over. */
    public Future<Applied> await(long revision, Duration timeout) {
        Promise<Applied> promise = Promise.promise();
        poll(revision, System.nanoTime() + timeout.toNanos(), promise);
        return promise.future();
    }

    private void poll(long revision, long deadline, Promise<Applied> promise) {
        vertx.executeBlocking(() -> applied(revision), false).onComplete(done -> {
            if (done.failed()) {
                promise.fail(done.cause());
            } else if (done.result().everywhere() || System.nanoTime() >= deadline) {
                promise.complete(done.result());
            } else {
                vertx.setTimer(POLL_MS, again -> poll(revision, deadline, promise));
            }
        });
    }

    /** How many connected gateways have a revision of this store, and which of them have not. */
    public Applied applied(long revision) {
        String id = store.identity().id();
        int connected = 0;
        int applied = 0;
        List<String> stragglers = new ArrayList<>();
        for (KnownGateway gateway : all()) {
            boolean has = gateway.connected() && gateway.applied(id, revision);
            connected += gateway.connected() ? 1 : 0;
            applied += has ? 1 : 0;
            if (!has && gateway.connected()) {
                stragglers.add(gateway.id());
            }
        }
        return new Applied(connected, applied, stragglers);
    }

    /** Forgets gateways that were not heard of for a day. */
    public void forget(long now) {
        heard.entrySet().removeIf(e -> {
            boolean gone = now - e.getValue().at() >= KEEP_MS && !watching.containsKey(e.getKey());
            if (gone) {
                measures.forget(e.getKey());
                traffic.forgotten(e.getKey());
                shares.forgotten(e.getKey());
            }
            return gone;
        });
        store.side().forgetGateways(now - KEEP_MS);
    }
}
