package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.mirror.MirrorRequest;
import io.laneway.gateway.traffic.mirror.MirrorSlots;
import io.laneway.gateway.traffic.mirror.RequestCopies;
import io.laneway.gateway.traffic.mirror.RequestCopy;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.policy.Mirror;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.unit.Share;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which requests are copied, where to, and what the copies say (docs/reference/policy.md): the same host, the mirror's
 * lane. A lane that lacks the service, or has no endpoint that could serve, gets none; its parents are no mirror. A
 * route's mirror that names no lane goes where the request's own lane leads, and its copies keep the request's stamp.
 * Confined to one event loop; one for each listener on it.
 */
public final class Mirroring {

    private static final long ASKED =
            Field.X_ENVOY_MAX_RETRIES.bit() | Field.X_ENVOY_RETRY_ON.bit() | Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit();

    private final ListenerContext listener;
    private final RequestHeaders stamping;
    private final MirrorSlots copies;

    public Mirroring(ListenerContext listener, RequestHeaders stamping) {
        this.listener = listener;
        this.stamping = stamping;
        this.copies = new MirrorSlots(listener.upstreams());
    }

    /**
     * Sends the copies that the route, else the one that the service's policy wants of this request, whose head is settled.
     *
     * @return where its body goes, null if there is no copy
     */
    @Nullable
    public RequestCopy begin(
            @Nullable RouteRules route, @Nullable ServiceRules rules, ExchangeContext exchange, boolean end) {
        Decision<Cluster, ServiceRules> decision = exchange.decision();
        RequestHead head = exchange.request();
        ExchangeTrace trace = exchange.trace();
        List<RouteMirror> byRoute = route == null ? List.of() : route.mirrors();
        Mirror byPolicy =
                rules == null || !byRoute.isEmpty() ? null : rules.policy().mirror();
        CompiledTable<Cluster, ServiceRules> table = decision.table();
        ServiceEntry<Cluster, ServiceRules> service = decision.service();
        boolean tunnel = head.upgrade() || head.method() == Method.CONNECT;
        if (table == null || service == null || tunnel) {
            return null;
        }
        if (!byRoute.isEmpty()) {
            RequestCopy copies = null;
            for (RouteMirror mirror : byRoute) {
                if (hit(mirror.share())) {
                    copies = RequestCopies.both(copies, byRoute(mirror, table, exchange, end));
                }
            }
            return copies;
        }
        if (byPolicy == null || !hit(byPolicy.share())) {
            return null;
        }
        LaneEntry lane = table.lane(byPolicy.lane());
        return lane == null || lane.equals(decision.served())
                ? null
                : send(service, lane, cluster(service, lane, 0, decision), copy(head, lane), trace, end);
    }

    private boolean hit(Share share) {
        return listener.upstreams().loop().random().nextInt(Share.SLOTS) < share.slots();
    }

    private @Nullable MirrorRequest byRoute(
            RouteMirror mirror, CompiledTable<Cluster, ServiceRules> table, ExchangeContext exchange, boolean end) {
        Decision<Cluster, ServiceRules> decision = exchange.decision();
        RequestHead head = exchange.request();
        ExchangeTrace trace = exchange.trace();
        ServiceEntry<Cluster, ServiceRules> service = table.service(mirror.service());
        if (service == null) {
            return null;
        }
        if (mirror.lane() != null) {
            LaneEntry lane = table.lane(mirror.lane());
            boolean itself = service == decision.service() && lane != null && lane.equals(decision.served());
            return lane == null || itself
                    ? null
                    : send(
                            service,
                            lane,
                            cluster(service, lane, mirror.port(), decision),
                            copy(head, lane),
                            trace,
                            end);
        }
        LaneEntry asked = decision.requested();
        LaneEntry start = asked == null || asked.expired() ? table.base() : asked;
        LaneEntry lane = start;
        Cluster to = cluster(service, lane, mirror.port(), decision);
        while ((to == null || !to.usable()) && lane.parent() != null && !start.strict()) {
            lane = lane.parent();
            to = cluster(service, lane, mirror.port(), decision);
        }
        return send(service, lane, to, copy(head, null), trace, end);
    }

    private @Nullable MirrorRequest send(
            ServiceEntry<Cluster, ServiceRules> service,
            LaneEntry lane,
            @Nullable Cluster to,
            RequestHead copy,
            @Nullable ExchangeTrace trace,
            boolean end) {
        if (to == null || !to.usable()) {
            listener.observer()
                    .deployment(service.name(), lane.name())
                    .mirrorsDropped
                    .increment();
            return null;
        }
        return copies.send(to, copy, end, trace == null ? null : trace.copy(copy));
    }

    /** The port of that number, else the only one, else the one that is named as the request's own. */
    private static @Nullable Cluster cluster(
            ServiceEntry<Cluster, ServiceRules> service,
            LaneEntry lane,
            int number,
            Decision<Cluster, ServiceRules> decision) {
        DeploymentEntry<Cluster> deployment = lane.expired() && !lane.isBase() ? null : service.deployment(lane);
        PortEntry<Cluster> like = decision.port();
        if (deployment == null || like == null) {
            return null;
        }
        PortEntry<Cluster> port = deployment.only();
        for (int i = 0; port == null && i < deployment.ports(); i++) {
            PortEntry<Cluster> each = deployment.port(i);
            boolean meant = number != 0
                    ? each.port().number() == number
                    : each.port().name().equals(like.port().name());
            port = meant ? each : null;
        }
        return port == null ? null : port.state();
    }

    private RequestHead copy(RequestHead head, @Nullable LaneEntry lane) {
        RequestHead copy = new RequestHead();
        copy.copyOf(head);
        HeaderLines lines = copy.lines();
        if (lane != null) {
            stamping.restamp(lines, lane);
        }
        if (lines.mayHave(ASKED)) {
            lines.remove(Field.X_ENVOY_MAX_RETRIES);
            lines.remove(Field.X_ENVOY_RETRY_ON);
            lines.remove(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS);
        }
        return copy;
    }
}
