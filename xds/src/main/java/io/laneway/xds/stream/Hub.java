package io.laneway.xds.stream;

import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource.Finding;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.xds.resource.Changes;
import io.laneway.xds.resource.ResourceType;
import io.laneway.xds.resource.Traits;
import io.laneway.xds.resource.View;
import io.laneway.xds.resource.World;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest resources and all streams that follow them. Everything is done on one thread, that of the executor; what other
 * threads ask for is queued. A node may have several streams. Of tables that come faster than they can be sent only the newest is taken.
 */
public final class Hub {

    private static final Logger log = LoggerFactory.getLogger(Hub.class);

    private final Executor thread;
    private final NodeListener listener;
    private final World world;
    private final AtomicReference<@Nullable Arrival> newest = new AtomicReference<>();
    private final PushTimes times = new PushTimes();
    private final Refusals refusals = new Refusals();

    private final Map<Traits, View> views = new HashMap<>();
    /** How many sessions use each view. */
    private final Map<Traits, Integer> followed = new HashMap<>();

    private final Set<Session<?, ?>> sessions = new LinkedHashSet<>();
    private final Map<String, List<Session<?, ?>>> byNode = new HashMap<>();
    private final Map<String, Follower> followers = new HashMap<>();
    private int refusing;
    private final Map<ResourceType, Long> sent = new EnumMap<>(ResourceType.class);
    private long revision;
    private volatile List<Finding> findings = List.of();
    private volatile Counts counts = new Counts(0, 0, 0, Map.of());

    /** A table that came, and when. */
    private record Arrival(LaneTable table, long nanos) {}

    /** Is called when nodes come, change and leave, on the hub's thread. */
    public interface NodeListener {

        /** A node connected, or took up or refused something. */
        void follows(Follower follower);

        /** The last stream of a node ended. */
        void left(String id);
    }

    /**
     * What is counted. Immutable.
     *
     * @param refusing nodes that refuse what they were sent
     * @param sent     responses, by the type of resources
     */
    public record Counts(int streams, int nodes, int refusing, Map<ResourceType, Long> sent) {
        public Counts {
            sent = Map.copyOf(sent);
        }
    }

    /**
     * @param thread      runs one task at a time, in order
     * @param lingerNanos for how long clusters outlive the routes that led to them
     */
    public Hub(Executor thread, long lingerNanos, NodeListener listener) {
        this.thread = thread;
        this.listener = listener;
        this.world = new World(lingerNanos);
    }

    /** Opens a stream. */
    public <Q, S> Stream<Q> open(Variant<Q, S> variant, Outlet<S> outlet, String address) {
        return new Stream<>(this::run, new Session<>(this, variant.wire(), outlet, address));
    }

    /** Takes the newest table. */
    public void table(LaneTable table) {
        Arrival arrival = new Arrival(table, System.nanoTime());
        // A client waits for the first of the tables that it has not got.
        Arrival before = newest.getAndUpdate(old -> old == null ? arrival : new Arrival(arrival.table(), old.nanos()));
        if (before == null) {
            run(() -> take(newest.getAndSet(null)));
        }
    }

    /** Does something on the hub's thread; what fails is a bug, and must not end what others are sent. */
    private void run(Runnable task) {
        thread.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.atError().setCause(e).log("xDS: not done");
            }
        });
    }

    private void take(@Nullable Arrival arrival) {
        if (arrival != null) {
            LaneTable table = arrival.table();
            Changes changes = world.apply(table, System.nanoTime());
            revision = table.revision();
            findings = world.findings();
            spread(changes, arrival.nanos());
        }
    }

    /** Removes clusters that lingered long enough. */
    public void sweep() {
        run(() -> {
            Changes changes = world.sweep(System.nanoTime());
            if (!changes.isEmpty()) {
                spread(changes, System.nanoTime());
            }
        });
    }

    /** @param since when these resources changed */
    private void spread(Changes changes, long since) {
        List.copyOf(sessions).forEach(session -> session.changed(changes, since));
        count();
    }

    /** Ends all streams. */
    public void close() {
        run(() -> List.copyOf(sessions).forEach(Session::end));
    }

    /** What the newest table has that is not said. */
    public List<Finding> findings() {
        return findings;
    }

    /** What is counted. */
    public Counts counts() {
        return counts;
    }

    /** How many times a resource was looked up for a client. */
    long looked() {
        return world.looked();
    }

    /** What nodes with such traits get, kept as long as there are some. */
    View view(Traits traits) {
        followed.merge(traits, 1, Integer::sum);
        return views.computeIfAbsent(traits, key -> new View(world, key));
    }

    private void unfollow(Traits traits) {
        if (followed.computeIfPresent(traits, (key, count) -> count == 1 ? null : count - 1) == null) {
            views.remove(traits);
        }
    }

    /** For how many different traits resources are kept. */
    int views() {
        return views.size();
    }

    void arrived(Session<?, ?> session) {
        sessions.add(session);
        byNode.computeIfAbsent(session.id(), id -> new ArrayList<>()).add(session);
    }

    void left(Session<?, ?> session) {
        sessions.remove(session);
        unfollow(session.traits());
        String id = session.id();
        List<Session<?, ?>> others = byNode.getOrDefault(id, List.of());
        others.remove(session);
        if (others.isEmpty()) {
            byNode.remove(id);
            follows(id, null);
            listener.left(id);
        } else {
            settled(session);
        }
        count();
    }

    /** A session took up or refused something: its node is as far as the slowest of its sessions. */
    void settled(Session<?, ?> session) {
        Follower slowest = null;
        StringBuilder rejected = new StringBuilder();
        for (Session<?, ?> each : byNode.getOrDefault(session.id(), List.of())) {
            Follower follower = each.follower();
            rejected.append(follower.rejected());
            slowest = slowest == null || follower.revision() < slowest.revision() ? follower : slowest;
        }
        if (slowest != null) {
            Follower now = new Follower(
                    slowest.id(),
                    slowest.version(),
                    slowest.address(),
                    slowest.revision(),
                    rejected.toString().trim());
            if (!now.equals(follows(now.id(), now))) {
                listener.follows(now);
                count();
            }
        }
    }

    /** Notes how far a node is, null for one that left; returns how far it was. */
    private @Nullable Follower follows(String id, @Nullable Follower now) {
        Follower before = now == null ? followers.remove(id) : followers.put(id, now);
        refusing += refuses(now) - refuses(before);
        return before;
    }

    private static int refuses(@Nullable Follower follower) {
        return follower == null || follower.rejected().isEmpty() ? 0 : 1;
    }

    private void count() {
        counts = new Counts(sessions.size(), followers.size(), refusing, sent);
    }

    /** @param from when what was sent had changed, 0 where the client asked for it */
    void sent(ResourceType type, long from) {
        sent.merge(type, 1L, Long::sum);
        if (from != 0) {
            times.add(System.nanoTime() - from);
        }
    }

    /** How long changes took until they were sent. */
    public PushTimes times() {
        return times;
    }

    /** What clients refused. */
    public Refusals refusals() {
        return refusals;
    }

    long revision() {
        return revision;
    }

    /** The version in responses. */
    String version() {
        return String.valueOf(revision);
    }
}
