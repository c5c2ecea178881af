package io.laneway.router.decision;

import io.laneway.router.request.Authority;
import io.laneway.router.request.RequestView;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one request after another: which service, which lane was asked for, which one serves, and why. Pure but
 * for its scratch space, and free of allocation on the usual path. Confined to one thread; make one for each event
 * loop. docs/concepts/decision.md.
 *
 * <p>{@link Explanation} runs the very same code with a trace, so that what is explained is what happens.
 */
public final class Decider {

    private final Slice authority = new Slice();
    private final Slice host = new Slice();
    private final Slice bare = new Slice();
    private final Slice target = new Slice();
    private final Slice scratch = new Slice();
    private final RequestedLane lanes = new RequestedLane();
    private final TenantAssignment tenants = new TenantAssignment();
    private final RequestAssignment requests = new RequestAssignment();
    private final ServedLane served = new ServedLane();
    private final @Nullable LaneRecall recall;

    /** One that goes by what requests say alone. */
    public Decider() {
        this(null);
    }

    /** @param recall knows the lanes of requests that say none; null for none */
    public Decider(@Nullable LaneRecall recall) {
        this.recall = recall;
    }

    /** Decides, into a result that is overwritten. Reads the request only during the call. */
    public <S extends DeploymentState, R> void decide(
            CompiledTable<S, R> table, ListenerTraits listener, RequestView request, Decision<S, R> into) {
        decide(table, listener, request, into, null);
    }

    /**
     * Moves a decision on to the next lane of its walk, behind the served one, that can serve.
     *
     * @return false, with the decision as it was, if there is none
     */
    public <S extends DeploymentState, R> boolean next(RequestView request, Decision<S, R> decision) {
        request.authority(authority);
        return served.next(authority, request, decision);
    }

    /**
     * Walks again from the requested lane, for a request that was decided and found that the served lane can no longer take
     * it. Reads the request only during the call.
     */
    public <S extends DeploymentState, R> void walkAgain(RequestView request, Decision<S, R> decision) {
        CompiledTable<S, R> table = decision.table;
        if (table != null && decision.service != null) {
            request.authority(authority);
            decision.unserved();
            served.serve(table, authority, request, decision, null);
        }
    }

    /**
     * Reads the tenant that a request carries for the shift of its service, whether or not the decision needed it.
     *
     * @param into pointed at the tenant, valid until the next call of this decider; cleared if there is none
     * @return whether there is one
     */
    public <S extends DeploymentState, R> boolean tenant(Decision<S, R> decision, RequestView request, Slice into) {
        if (decision.shift == null) {
            into.clear();
            return false;
        }
        request.authority(authority);
        Authority.host(authority, host);
        return tenants.read(decision.shift.carriers(), decision.internal, request, host, into);
    }

    <S extends DeploymentState, R> void decide(
            CompiledTable<S, R> table,
            ListenerTraits listener,
            RequestView request,
            Decision<S, R> into,
            @Nullable DecisionTrace trace) {
        into.clear(table, listener.internal());
        request.authority(authority);
        Authority.host(authority, host);
        if (listener.local()) {
            local(table, listener, request, into, trace);
            return;
        }
        int place = place(table, listener, request, into);
        if (trace != null) {
            StepTexts.service(trace, listener, into, host, place < 0 ? null : table.service(place));
        }
        if (place < 0) {
            into.passthrough = into.route == null && listener.passthrough();
            return;
        }
        into.service = table.service(place);
        into.shift = table.shift(place);
        choose(table, listener, request, into, trace);
        served.serve(table, authority, request, into, trace);
    }

    /** Which lane is asked for of the application beside the gateway, which serves in any case. */
    private <S extends DeploymentState, R> void local(
            CompiledTable<S, R> table,
            ListenerTraits listener,
            RequestView request,
            Decision<S, R> into,
            @Nullable DecisionTrace trace) {
        into.passthrough = true;
        int place = listener.service() == null
                ? table.place(host, listener.internal(), scratch)
                : table.place(listener.service());
        if (trace != null) {
            StepTexts.service(trace, listener, into, host, place < 0 ? null : table.service(place));
        }
        if (place < 0) {
            boolean unused = lanes.carried(table, listener, request, host, into, trace);
            return;
        }
        into.service = table.service(place);
        into.shift = table.shift(place);
        choose(table, listener, request, into, trace);
    }

    private <S extends DeploymentState, R> int place(
            CompiledTable<S, R> table, ListenerTraits listener, RequestView request, Decision<S, R> into) {
        if (listener.service() != null) {
            return table.place(listener.service());
        }
        Slice asked = lanes.mayNameByHost(table, listener, request, host)
                        && table.laneHosts().bare(host, bare)
                ? bare
                : host;
        if (table.hasRoutes()) {
            request.target(target);
            CompiledRoute route = table.route(asked, target, request);
            if (route != null) {
                int part = route.part(request);
                into.route = route;
                into.routePort = route.port(part);
                into.routePart = route.number(part);
                into.routeStatus = route.status(part);
                return route.service(part);
            }
        }
        return table.place(asked, listener.internal(), scratch);
    }

    /** The order of docs/concepts/decision.md: markers, the route, the default lane, the trace, the tenant, the request's id. */
    private <S extends DeploymentState, R> void choose(
            CompiledTable<S, R> table,
            ListenerTraits listener,
            RequestView request,
            Decision<S, R> into,
            @Nullable DecisionTrace trace) {
        if (lanes.carried(table, listener, request, host, into, trace)) {
            return;
        }
        if (listener.lanes() && byRoute(table, into, trace)) {
            return;
        }
        boolean environment = lanes.defaultIsEnvironment(table, listener, into);
        if (!environment && listener.lanes() && byDefault(table, listener, into, trace)) {
            return;
        }
        if (recall != null && lanes.recalled(recall, table, listener, request, into, trace)) {
            return;
        }
        if (tenants.assign(request, host, into, trace)) {
            return;
        }
        if (environment && byDefault(table, listener, into, trace)) {
            return;
        }
        if (requests.assign(request, into, trace)) {
            return;
        }
        if (!listener.lanes()) {
            lanes.ignored(table, listener, request, host, into, trace);
        }
        if (trace != null) {
            trace.step(DecisionStep.Kind.REQUESTED, "nothing asks for a lane: base lane " + table.base());
        }
    }

    private <S extends DeploymentState, R> boolean byRoute(
            CompiledTable<S, R> table, Decision<S, R> into, @Nullable DecisionTrace trace) {
        CompiledRoute route = into.route;
        return route != null
                && lanes.configured(
                        route.lane(), table, Origin.ROUTE, route.route().path(), into, trace);
    }

    private <S extends DeploymentState, R> boolean byDefault(
            CompiledTable<S, R> table, ListenerTraits listener, Decision<S, R> into, @Nullable DecisionTrace trace) {
        return lanes.configured(listener.defaultLane(), table, Origin.LISTENER, "", into, trace);
    }
}
