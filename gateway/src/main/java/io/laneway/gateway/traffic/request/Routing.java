package io.laneway.gateway.traffic.request;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Failure.Stage;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.runtime.record.TenantSample;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.memory.LoopMemory;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.RouteRules.PartEdits;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decider;
import io.laneway.router.decision.Decision;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Phases 3 to 5 of an exchange: which service, which lane, which cluster. Confined to one event loop; one for each
 * listener on it.
 */
public final class Routing {

    /** Hops of ours that a request may pass. */
    static final int MAX_HOPS = 16;

    private static final Failure NO_TABLE =
            Failure.gateway(Stage.ROUTE, 503, ResponseFlag.UH, "no lane table has been loaded yet");
    private static final Failure NO_ROUTE =
            Failure.gateway(Stage.ROUTE, 404, ResponseFlag.NR, "no service for this host and path");
    private static final Failure NOT_ALLOWED =
            Failure.gateway(Stage.ROUTE, 405, ResponseFlag.LR, "this method is not allowed here");
    private static final Failure LOOP = Failure.gateway(
            Stage.ROUTE, Reason.LOOP.status(), ResponseFlag.LR, "the request passed more than 16 gateways");
    private static final String UNRESOLVED = "the route has no backend for this request";
    public static final Failure UNAVAILABLE = Failure.gateway(Stage.ROUTE, 503, ResponseFlag.UH, "no healthy upstream");

    private final ListenerContext listener;
    private final Decider decider;
    private final @Nullable LoopMemory memory;
    private final TenantSample tenants;
    private final Slice tenant = new Slice();

    public Routing(ListenerContext listener) {
        this.listener = listener;
        this.memory = listener.memory();
        this.decider = new Decider(memory != null && memory.recalls() ? memory : null);
        this.tenants = listener.observer().tenants();
    }

    /** Decides into {@code decision}; null if the request is to be forwarded, else the failure to respond with. */
    @Nullable
    public Failure route(RequestHead head, Decision<Cluster, ServiceRules> decision, ExchangeFacts facts) {
        CompiledTable<Cluster, ServiceRules> table = listener.table().get();
        if (table == null) {
            return NO_TABLE;
        }
        if (head.method() == Method.TRACE) {
            return NOT_ALLOWED;
        }
        BrowserEntry entry = listener.entry();
        if (entry != null) {
            entry.settle(head, table.carriers());
        }
        if (memory != null) {
            memory.begin(facts.madeId, facts.started);
        }
        decider.decide(table, listener.traits(), head, decision);
        if (decision.redirected()) {
            return null;
        }
        if (decision.routeStatus() == Reason.NO_ROUTE.status()) {
            return unrouted(table);
        }
        if (decision.routeStatus() != 0) {
            return Failure.gateway(Stage.ROUTE, decision.routeStatus(), ResponseFlag.NR, UNRESOLVED);
        }
        if (decision.origin() == Origin.TENANT && tenants.wanted()) {
            note(head, decision);
        }
        facts.decided = true;
        if (decision.passthrough()) {
            facts.passedThrough = true;
            if (memory != null && listener.traits().local()) {
                memory.decided(head, decision);
            }
            return null;
        }
        boolean tunnel = head.method() == Method.CONNECT;
        if (tunnel && !listener.traits().passthrough()) {
            return NOT_ALLOWED;
        }
        int before = listener.traits().internal() ? hops(head.lines()) : 0;
        facts.hop = before + 1;
        if (before >= MAX_HOPS) {
            facts.looped = true;
            return LOOP;
        }
        if (memory != null) {
            memory.decided(head, decision);
        }
        return switch (decision.reason()) {
            case NO_ROUTE -> unrouted(table);
            case STRICT_UNAVAILABLE, BASE_UNAVAILABLE -> UNAVAILABLE;
            default -> decision.port() == null ? UNAVAILABLE : null;
        };
    }

    private static Failure unrouted(CompiledTable<Cluster, ServiceRules> table) {
        return table.hasRoutesByPort() ? Failure.UNROUTED : NO_ROUTE;
    }

    private void note(RequestHead head, Decision<Cluster, ServiceRules> decision) {
        ShiftEntry shift = decision.shift();
        if (shift != null && decider.tenant(decision, head, tenant)) {
            tenants.add(shift.shift().name(), tenant);
        }
    }

    /** Decides on the next lane of the walk that can serve, behind the one decided on; false if there is none. */
    public boolean next(RequestHead head, Decision<Cluster, ServiceRules> decision) {
        return decider.next(head, decision);
    }

    /** Decides on the served lane once more, by what is usable now. */
    public void walkAgain(RequestHead head, Decision<Cluster, ServiceRules> decision) {
        decider.walkAgain(head, decision);
    }

    /** Points {@code into} at the tenant that a request carries; false if there is none. */
    public boolean tenant(RequestHead head, Decision<Cluster, ServiceRules> decision, Slice into) {
        return decider.tenant(decision, head, into);
    }

    /** How many gateways of ours the request has passed. */
    public static int hops(HeaderLines lines) {
        int most = 0;
        for (int line = lines.find(Field.X_LANEWAY_HOPS, 0);
                line >= 0;
                line = lines.find(Field.X_LANEWAY_HOPS, line + 1)) {
            most = Math.max(most, Hops.most(lines.array(), lines.valueOffset(line), lines.valueLength(line), MAX_HOPS));
        }
        return most;
    }

    /** Takes off an external client's head what could be taken for fields that the rules set or remove. */
    public static void unmask(HeaderLines lines, @Nullable RouteRules route, int part, @Nullable ServiceRules service) {
        if (route != null && route.request() != null) {
            route.request().removeTwins(lines);
        }
        PartEdits own = route == null ? null : route.part(part);
        if (own != null && own.request() != null) {
            own.request().removeTwins(lines);
        }
        if (service != null && service.request() != null) {
            service.request().removeTwins(lines);
        }
    }

    /** A request that names no host, as HTTP/1.0 may, gets that of its service: HTTP/1.1 and HTTP/2 demand one. */
    public static void completeHost(RequestHead head, Decision<Cluster, ServiceRules> decision) {
        ServiceEntry<Cluster, ServiceRules> service = decision.service();
        if (head.hasAuthority() || service == null) {
            return;
        }
        String host = service.name();
        for (String each : service.service().hosts()) {
            if (each.indexOf('*') < 0) {
                host = each;
                break;
            }
        }
        head.lines().remove(Field.HOST);
        head.lines().add(Field.HOST.header(), host);
        head.authorityIs(host);
    }

    /** Changes the head as the route says, such as to take its prefix off the path. */
    public static void shape(RequestHead head, Decision<Cluster, ServiceRules> decision) {
        CompiledRoute route = decision.route();
        if (route == null) {
            return;
        }
        RouteRules rules = RouteRules.of(route);
        if (rules != null) {
            rules.apply(head, route, decision.routePart());
        } else if (route.strip() > 0) {
            head.stripPrefix(route.strip());
        }
    }
}
