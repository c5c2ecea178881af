package io.laneway.gateway.server.admin;

import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.StartFailure;
import io.laneway.gateway.server.adminhttp.AdminHttp;
import io.laneway.gateway.server.adminhttp.CallRoutes;
import org.jspecify.annotations.Nullable;

/** The admin interface and, if asked for, the probes on a port of their own. Safe for many threads. */
public final class AdminServer implements AutoCloseable {

    private final AdminParts parts;
    private @Nullable AdminHttp http;
    private volatile int port;
    private volatile int probesPort;

    public AdminServer(AdminParts parts) {
        this.parts = parts;
    }

    /**
     * Listens, and blocks until it does.
     *
     * @throws StartFailure if an address cannot be had; nothing is left open then
     */
    public synchronized void start() {
        close();
        AdminHttp opened = new AdminHttp();
        try {
            port = opened.listen("admin", parts.config().admin().address(), everything());
            Address own = parts.config().admin().probes();
            probesPort = own == null ? port : opened.listen("admin.probes", own, probes(routes()));
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
        http = opened;
    }

    private CallRoutes routes() {
        return new CallRoutes(new HostCheck(parts.config().admin())::passes);
    }

    private CallRoutes probes(CallRoutes into) {
        new Probes(parts).mount(into);
        return into;
    }

    private CallRoutes everything() {
        CallRoutes all = probes(routes());
        new CommandHandler(parts).mount(all);
        new StateHandler(parts).mount(all);
        new TailHandler(parts.tail()).mount(all);
        new ExplainHandler(parts, new RequestsHandler(parts)).mount(all);
        return all;
    }

    /** The bound port of the admin interface. */
    public int port() {
        return port;
    }

    /** The bound port of the probes, that of the admin interface if they have none of their own. */
    public int probesPort() {
        return probesPort;
    }

    /** Gives the addresses back and blocks until that is done; it may be started again. */
    @Override
    public synchronized void close() {
        if (http != null) {
            http.close();
            http = null;
        }
    }
}
