package io.laneway.control.sources;

import io.laneway.control.auth.Authenticator;
import io.laneway.control.auth.Grants;
import io.laneway.control.auth.Principal;
import io.laneway.control.auth.Role;
import io.laneway.control.gateways.GatewayRegistry;
import io.laneway.control.gateways.GatewayReport;
import io.laneway.control.store.ControlStore;
import io.laneway.router.background.DaemonThreadFactory;
import io.laneway.router.source.TableServer;
import io.laneway.router.source.TableServer.Admission;
import io.laneway.router.source.TableServer.Follower;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control side as one server of the table sees it: lets clients in as a watch does, and notes how far each is among the
 * gateways, under the server's name and its own, such as {@code xds:sidecar-1}. Safe for many threads; reports are written on
 * a thread of its own, of each client only the newest.
 */
public final class TableServing implements TableServer.Control, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TableServing.class);
    private static final int CLOSE_SECONDS = 5;

    private final TableServer server;
    private final Vertx vertx;
    private final Authenticator authenticator;
    private final Grants grants;
    private final GatewayRegistry gateways;
    private final ControlStore store;
    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final Map<String, Follower> due = new LinkedHashMap<>();
    private final ExecutorService reporter;

    public TableServing(
            TableServer server,
            Vertx vertx,
            Authenticator authenticator,
            Grants grants,
            GatewayRegistry gateways,
            ControlStore store) {
        this.server = server;
        this.vertx = vertx;
        this.authenticator = authenticator;
        this.grants = grants;
        this.gateways = gateways;
        this.store = store;
        this.reporter = Executors.newSingleThreadExecutor(new DaemonThreadFactory("laneway-control-servers"));
    }

    @Override
    public CompletionStage<Admission> admit(
            String id, @Nullable String bearer, @Nullable String certificate, Runnable end) {
        return vertx.<Future<Principal>>executeBlocking(() -> authenticator.authenticate(bearer, certificate), false)
                .compose(who -> who)
                .map(who -> admitted(who, id, end))
                .otherwise(error -> new Admission(String.valueOf(error.getMessage()), () -> {}))
                .toCompletionStage();
    }

    private Admission admitted(Principal who, String id, Runnable end) {
        if (!who.covers(Role.GATEWAY)) {
            return refused("role " + who.role().word() + " (expected: gateway)");
        }
        if (!who.open() && !who.speaksFor(id)) {
            return refused("node " + id + " (expected: one that matches " + who.gateways() + ")");
        }
        return new Admission("", grants.begin(who, end));
    }

    private static Admission refused(String why) {
        return new Admission(why, () -> {});
    }

    @Override
    public void follows(Follower follower) {
        if (followers.put(follower.id(), follower) == null) {
            gateways.watches(name(follower.id()));
        }
        report(follower);
    }

    @Override
    public void left(String id) {
        if (followers.remove(id) != null) {
            gateways.leaves(name(id));
        }
    }

    /** Reports all again, so that replicas that share the store know that they are there. */
    public void beat() {
        followers.values().forEach(this::report);
    }

    private String name(String id) {
        return server.name() + ":" + id;
    }

    private void report(Follower follower) {
        synchronized (due) {
            due.put(follower.id(), follower);
        }
        try {
            reporter.execute(this::write);
        } catch (RejectedExecutionException e) {
            log.atDebug().setCause(e).log("closed");
        }
    }

    private void write() {
        Map<String, Follower> now;
        synchronized (due) {
            now = Map.copyOf(due);
            due.clear();
        }
        now.forEach((id, each) -> {
            GatewayReport report = GatewayReport.follower(
                    server.name(),
                    each.version(),
                    each.address(),
                    store.identity().id(),
                    each.revision(),
                    each.rejected());
            try {
                gateways.report(name(id), report, id.length() + each.rejected().length());
            } catch (RuntimeException e) {
                log.atWarn().setCause(e).addKeyValue("client", name(id)).log("not noted, tried again");
            }
        });
    }

    /** Ends the server and writes what is not written yet: the store must be open until this returns. */
    @Override
    public void close() {
        server.close();
        reporter.shutdown();
        try {
            if (!reporter.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                log.atWarn().addKeyValue("server", server.name()).log("closed while reports were being written");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
