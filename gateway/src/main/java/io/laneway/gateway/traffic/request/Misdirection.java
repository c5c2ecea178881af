package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.passage.Passages;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.model.route.Route;
import io.laneway.router.request.Authority;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds requests that came over a connection which is for other hosts (RFC 9110 section 15.5.20): where the table has routes for
 * connections, and the name that the connection asked for has another of them than the request's host; or where that of the
 * host asks clients for certificates, and this connection was not asked for them. Confined to one event
 * loop; one for each listener on it. docs/decisions/0576.
 */
public final class Misdirection {

    /** Tells a client to ask over a connection of its own. */
    public static final Failure MISDIRECTED = Failure.gateway(
            Stage.ROUTE, 421, ResponseFlag.NR, "the TLS of this connection asked for a host of another listener");

    private final ListenerContext listener;
    private final Slice host = new Slice();
    private final Slice scratch = new Slice();

    public Misdirection(ListenerContext listener) {
        this.listener = listener;
    }

    /** Whether a request is to be made over another connection. */
    public boolean has(ExchangeContext context) {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        return table != null && table.tlsRoutes() != null && isElsewhere(table, context);
    }

    private boolean isElsewhere(CompiledTable<Cluster, ServiceRules> table, ExchangeContext context) {
        DownstreamPeer peer = context.downstream().peer();
        RequestHead head = context.request();
        head.authority(host);
        Authority.host(host, host);
        Route wanted = route(table, host, head);
        ClientAuthorities clients = wanted == null ? null : wanted.action().clients();
        if (clients != null && !listener.traits().internal() && !clients.equals(peer.clients())) {
            return true;
        }
        Slice name = peer.serverName();
        return name != null && listener.edge().isFirst() && !Objects.equals(wanted, route(table, name, head));
    }

    private @Nullable Route route(CompiledTable<Cluster, ServiceRules> table, Slice name, RequestHead head) {
        CompiledRoute found = Passages.route(table, name, head, scratch);
        return found == null ? null : found.route();
    }
}
