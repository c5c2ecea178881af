package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.Address;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The admin interface and, if asked for, the probes on a port of their own. Safe for many threads. */
public final class AdminServer {

    private static final Logger log = LoggerFactory.getLogger(AdminServer.class);
    private static final int IDLE_SECONDS = 60;

    private final Vertx vertx;
    private final AdminParts parts;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    public AdminServer(Vertx vertx, AdminParts parts) {
        this.vertx = vertx;
        this.parts = parts;
    }

    /** Binds; fails if an address is taken. */
    public Future<Void> start() {
        servers.clear();
        Router all = Router.router(vertx);
        Probes probes = new Probes(parts);
        new HostCheck(parts.config().admin()).mount(all);
        new CommandHandler(parts).mount(all);
        probes.mount(all);
        new StateHandler(parts).mount(all);
        new RequestsHandler(parts).mount(all);
        new TailHandler(parts.tail()).mount(all);
        new ExplainHandler(parts).mount(all);
        Future<Void> admin = listen(all, parts.config().admin().address());
        Address own = parts.config().admin().probes();
        if (own == null) {
            return admin;
        }
        Router few = Router.router(vertx);
        new HostCheck(parts.config().admin()).mount(few);
        probes.mount(few);
        return admin.compose(done -> listen(few, own));
    }

    /** Why a call failed that no handler refused by itself: what is below 500 was never read whole. */
    private static String reason(int status) {
        if (status >= 500) {
            return "see the gateway's log";
        }
        return "the call cannot be read (expected: a path and a query with percent-encoded UTF-8)";
    }

    /** The bound port of the admin interface. */
    public int port() {
        return servers.get(0).actualPort();
    }

    /** The bound port of the probes, that of the admin interface if they have none of their own. */
    public int probesPort() {
        return servers.get(servers.size() - 1).actualPort();
    }

    /** Gives the addresses back; it may be started again. */
    public Future<Void> close() {
        List<HttpServer> open = List.copyOf(servers);
        servers.clear();
        return Future.all(open.stream().map(HttpServer::close).toList()).mapEmpty();
    }

    private Future<Void> listen(Router router, Address address) {
        router.errorHandler(404, call -> AdminResponses.problem(call, 404, "no such path here"));
        router.errorHandler(405, call -> AdminResponses.problem(call, 405, "another method is expected"));
        router.route().failureHandler(call -> {
            if (call.statusCode() >= 500) {
                log.atWarn().setCause(call.failure()).log("admin call failed");
            }
            int status = call.statusCode() < 0 ? 500 : call.statusCode();
            AdminResponses.problem(call, status, reason(status));
        });
        HttpServerOptions options = new HttpServerOptions().setIdleTimeout(IDLE_SECONDS);
        HttpServer server = vertx.createHttpServer(options).requestHandler(router);
        servers.add(server);
        return server.listen(address.port(), address.host()).mapEmpty();
    }
}
