package io.laneway.control.join;

import io.laneway.control.auth.Principal;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.Editor;
import io.laneway.control.lane.LaneSweeper;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.AuditRow;
import io.laneway.control.table.JoinOverlay;
import io.laneway.control.table.TableState;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.source.JoinAddress;
import io.laneway.router.text.Slug;
import io.laneway.router.tls.RenewedTls;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The joins that this replica holds, and the overlay that they make. What another replica holds is known by its overlay
 * and by its lease, which names where it is. Safe for many threads; blocks where it says so.
 */
public final class Joins implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Joins.class);
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final int COMMIT_SECONDS = 20;

    private final String replica = UUID.randomUUID().toString();
    private final String source = JoinOverlay.source(replica);
    private final Editor editor;
    private final ControlStore store;
    private final LaneSweeper sweeper;
    private final Clock clock;
    private final JoinForward forward;
    private final Connections connections;
    private final Map<String, JoinSession> sessions = new ConcurrentHashMap<>();
    private final Map<String, JoinSession> published = new ConcurrentHashMap<>();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(new DaemonThreadFactory("laneway-joins"));
    private volatile String address = "";

    /** @param tls of the replicas, null where they speak in the clear */
    public Joins(
            Vertx vertx,
            @Nullable RenewedTls tls,
            Editor editor,
            ControlStore store,
            LaneSweeper sweeper,
            Clock clock,
            PrometheusRegistry metrics) {
        this.forward = new JoinForward(vertx, tls);
        this.editor = editor;
        this.store = store;
        this.sweeper = sweeper;
        this.clock = clock;
        this.connections = new Connections(metrics, sessions::size);
    }

    /** Where other replicas reach this one, {@code host:port}. */
    public void at(String where) {
        address = where;
    }

    /** The table with what other replicas committed. Blocks. */
    TableState caughtUp() {
        editor.refresh();
        return editor.state();
    }

    /** The ways to other replicas. */
    JoinForward forward() {
        return forward;
    }

    /** Every join, those of this replica with all that is known of them. */
    List<JsonObject> shown() {
        return shown(any -> true).toList();
    }

    /** The joins that serve a lane and do not end yet, none where there are none. */
    public List<JsonObject> of(String lane) {
        return shown(session -> !session.isEnding())
                .filter(join -> Slug.of(join.getString("lane")).equals(Slug.of(lane)))
                .toList();
    }

    private Stream<JsonObject> shown(Predicate<JoinSession> own) {
        return Stream.concat(
                sessions.values().stream()
                        .filter(own)
                        .map(session -> session.join().shown().put("connections", session.openConnections())),
                others().stream());
    }

    /**
     * Ends the joins of a lane that was deleted, those of this replica, once nothing is under way; the others end where they
     * are held, once their lane is seen to be gone. Safe for many threads.
     */
    public void deleted(String lane, String who) {
        sessions.values().stream()
                .filter(session -> session.join().isOf(lane))
                .forEach(session -> end(session, "lane " + lane + " was deleted by " + who));
    }

    /** Takes what a join serves out of the table, and ends it once nothing is under way. Safe for many threads. */
    void end(JoinSession session, String why) {
        later(() -> withdraw(session));
        session.drain(why);
    }

    /** What other replicas hold, as far as it is known here. */
    private List<JsonObject> others() {
        return editor.state().overlays().entrySet().stream()
                .filter(each -> {
                    String holder = JoinOverlay.replica(each.getKey());
                    return holder != null && !holder.equals(replica);
                })
                .flatMap(each -> each.getValue().services().stream())
                .flatMap(service -> service.deployments().stream()
                        .map(one -> new JsonObject()
                                .put("id", JoinAddress.id(JoinOverlay.address(one)))
                                .put("service", service.id().toString())
                                .put("lane", one.lane())
                                .put("address", JoinOverlay.address(one))))
                .toList();
    }

    /** The join that this replica holds, null if it does not. */
    @Nullable
    JoinSession session(String id) {
        return sessions.get(id);
    }

    /** Where the replica is that holds a join which this one does not, if there is one. Blocks. */
    Optional<String> elsewhere(String id) {
        String overlay = JoinOverlay.sourceOf(editor.state(), id);
        String holder = overlay == null ? null : JoinOverlay.replica(overlay);
        return holder == null || holder.equals(replica)
                ? Optional.empty()
                : store.side().holder(lease(holder));
    }

    /** What is served by this replica. */
    List<JoinSession> all() {
        return List.copyOf(sessions.values());
    }

    /** Begins a join, whose lane it serves when this returns; the joiner hears so. Blocks. */
    JoinSession begin(
            Join.Target target, Join.Wish wish, Principal who, Author by, ServerWebSocket socket, Context context) {
        long now = clock.millis();
        Join join = new Join(JoinIds.of(now, wish.joiner()), target, wish, who.subject(), by.origin(), clock.instant());
        JoinSession session = new JoinSession(join, socket, context, connections);
        long revision;
        synchronized (this) {
            List<JoinSession> others = published.values().stream()
                    .filter(other -> other.join().serves(target))
                    .toList();
            others.forEach(other -> published.remove(other.join().id()));
            sessions.put(join.id(), session);
            published.put(join.id(), session);
            revision = publish();
            others.forEach(other -> other.drain("another joiner took its place: " + who.subject()));
        }
        note(by, "join", join);
        context.runOnContext(
                go -> session.start(() -> later(() -> withdraw(session)), () -> later(() -> left(session))));
        session.say(new JsonObject()
                .put("joined", join.shown().put("revision", revision).put("madeLane", target.made() != null)));
        return session;
    }

    /** Writes the overlay; the revision that it is published with. */
    private synchronized long publish() {
        renewLease();
        try {
            return editor.overlay(source, overlay()).get(COMMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("joins were not published", e);
        }
    }

    private Overlay overlay() {
        Map<ServiceId, List<Deployment>> services = new TreeMap<>();
        Map<String, Lane> lanes = new TreeMap<>();
        for (JoinSession session : published.values()) {
            Join.Target target = session.join().target();
            services.computeIfAbsent(target.service(), id -> new ArrayList<>())
                    .add(session.join().deployment());
            Lane made = target.made();
            if (made != null) {
                lanes.putIfAbsent(Slug.of(target.lane()), made);
            }
        }
        return new Overlay(
                List.copyOf(lanes.values()),
                services.entrySet().stream()
                        .map(each -> new Service(each.getKey(), List.of(), null, each.getValue(), Policy.DEFAULT))
                        .toList());
    }

    private static String lease(String replica) {
        return "joins " + replica;
    }

    private void renewLease() {
        if (store.shared()) {
            store.side().lease(lease(replica), address, LEASE);
        }
    }

    /** The lane is not served any more; connections that are open stay. */
    private synchronized void withdraw(JoinSession session) {
        if (published.remove(session.join().id()) != null) {
            publish();
        }
        session.say(new JsonObject().put("withdrawn", true));
    }

    private synchronized void left(JoinSession session) {
        sessions.remove(session.join().id());
        if (published.remove(session.join().id()) != null) {
            publish();
        }
        note(Author.itself("the joiner is gone"), "leave", session.join());
    }

    private void note(Author by, String action, Join join) {
        String detail = "port " + join.wish().port() + " of " + join.origin() + ", joined by " + join.who()
                + (join.target().hides() ? ", in the place of a deployment" : "");
        store.history()
                .note(new AuditRow(0, clock.millis(), by.who(), by.origin(), by.why(), action, join.subject(), detail));
    }

    private void later(Runnable task) {
        try {
            worker.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException e) {
                    log.atWarn().setCause(e).log("a join was not published, tried again");
                }
            });
        } catch (RejectedExecutionException e) {
            log.atDebug().log("a join ended while this replica was closing");
        }
    }

    /**
     * At intervals: keeps lanes in use that are served, ends joins whose place was taken, publishes again what could not
     * be published, and takes away what replicas that are gone left. Blocks.
     */
    public synchronized void tend() {
        if (!sessions.isEmpty()) {
            publish();
            sweeper.seen(
                    published.values().stream()
                            .map(session -> session.join().target().lane())
                            .toList(),
                    clock.millis());
        }
        TableState now = editor.state();
        for (JoinSession session : List.copyOf(published.values())) {
            Join join = session.join();
            boolean edited = now.objects().lane(join.target().lane()) != null;
            String serving = JoinOverlay.address(
                    now, join.target().service(), join.target().lane());
            if (session.sawLane(edited) && !edited) {
                end(session, "lane " + join.target().lane() + " was deleted");
            } else if (!join.address().equals(serving)) {
                end(
                        session,
                        serving == null
                                ? join.subject() + " is not in the table any more"
                                : "another joiner took its place");
            }
        }
        now.overlays().forEach((name, overlay) -> {
            String holder = JoinOverlay.replica(name);
            if (holder != null && !holder.equals(replica) && !overlay.equals(Overlay.EMPTY) && isGone(holder)) {
                var unused = editor.overlay(name, Overlay.EMPTY);
            }
        });
    }

    private boolean isGone(String holder) {
        return !store.shared() || store.side().holder(lease(holder)).isEmpty();
    }

    /** Ends every join; joiners come again. */
    @Override
    public void close() {
        all().forEach(session -> session.end("the control API is closing", true));
        worker.shutdown();
        try {
            if (!worker.awaitTermination(5, TimeUnit.SECONDS)) {
                log.atWarn().log("closed while joins were being withdrawn");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
