package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.route.Route;
import io.laneway.router.request.Authority;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.route.RouteMap;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that came over a connection which is for other hosts (RFC 9110 section 15.5.20): where the table has routes for
 * connections, and the name that the connection asked for has another of them than the request's host. Confined to one event
 * loop; one for each listener on it. docs/decisions/0576.
 */
public final class Misdirection {

    /** Tells a client to ask over a connection of its own. */
    public static final Failure MISDIRECTED = Failure.gateway(
            Stage.ROUTE, 421, ResponseFlag.NR, "the TLS of this connection asked for a host of another listener");

    private static final Slice PATH = Slice.of("/");

    private final ListenerContext listener;
    private final Slice host = new Slice();

    public Misdirection(ListenerContext listener) {
        this.listener = listener;
    }

    /** Whether a request is to be made over another connection. */
    public boolean has(ExchangeContext context) {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        RouteMap connections = table == null ? null : table.tlsRoutes();
        return connections != null && isElsewhere(connections, context);
    }

    private boolean isElsewhere(RouteMap connections, ExchangeContext context) {
        Slice name = context.downstream().peer().serverName();
        if (name == null || !listener.edge().isFirst()) {
            return false;
        }
        RequestHead head = context.request();
        head.authority(host);
        Authority.host(host, host);
        Route asked = route(connections.get(name, PATH, head));
        Route wanted = route(connections.get(host, PATH, head));
        return asked == null ? wanted != null : !asked.equals(wanted);
    }

    private static @Nullable Route route(@Nullable CompiledRoute found) {
        return found == null ? null : found.route();
    }
}
