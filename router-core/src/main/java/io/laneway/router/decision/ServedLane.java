package io.laneway.router.decision;

import io.laneway.router.request.Authority;
import io.laneway.router.request.RequestView;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.DeploymentState;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Walks from the requested lane along its parents to base and takes the first that can serve.
 * docs/concepts/decision.md#fallback.
 */
final class ServedLane {

    private static final HeaderName CONTENT_TYPE = HeaderName.of("content-type");
    private static final byte[] GRPC = HeaderName.of("application/grpc").bytes();

    private final Slice value = new Slice();

    <S extends DeploymentState, R> void serve(
            CompiledTable<S, R> table,
            Slice authority,
            RequestView request,
            Decision<S, R> into,
            @Nullable DecisionTrace trace) {
        LaneEntry requested = into.requested;
        boolean obeyed = requested != null && !requested.expired();
        LaneEntry start = obeyed ? Objects.requireNonNull(requested) : table.base();
        if (trace != null && !obeyed && into.stamped()) {
            StepTexts.notObeyed(trace, into, table.base());
        }
        ServiceEntry<S, R> service = Objects.requireNonNull(into.service);
        Reason reason = direct(into);
        LaneEntry last = null;
        for (LaneEntry lane = start; lane != null; lane = lane.parent()) {
            DeploymentEntry<S> deployment = lane.expired() && !lane.isBase() ? null : service.deployment(lane);
            PortEntry<S> port = deployment == null ? null : port(deployment, authority, request, into);
            boolean usable = deployment != null && port != null && deployment.usable(port);
            if (trace != null) {
                StepTexts.candidate(trace, lane, deployment, port, usable);
            }
            if (usable) {
                into.served = lane;
                into.deployment = deployment;
                into.port = port;
                into.reason = reason;
                return;
            }
            if (port != null) {
                last = lane;
                into.deployment = deployment;
                into.port = port;
            }
            if (lane == start && obeyed && !lane.isBase()) {
                if (lane.strict()) {
                    refuse(into, Reason.STRICT_UNAVAILABLE);
                    return;
                }
                reason = deployment == null ? Reason.FALLBACK_ABSENT : Reason.FALLBACK_UNREADY;
            }
        }
        PortEntry<S> port = into.port;
        if (port == null || !port.state().panics()) {
            refuse(into, Reason.BASE_UNAVAILABLE);
            return;
        }
        into.served = last;
        into.reason = last == start ? direct(into) : reason;
        if (trace != null && last != null) {
            StepTexts.panic(trace, last);
        }
    }

    /** The next lane behind the served one that can serve; false if there is none. */
    <S extends DeploymentState, R> boolean next(Slice authority, RequestView request, Decision<S, R> into) {
        ServiceEntry<S, R> service = into.service;
        LaneEntry served = into.served;
        LaneEntry requested = into.requested;
        boolean strict = requested != null && !requested.expired() && requested.strict();
        if (service == null || served == null || strict) {
            return false;
        }
        for (LaneEntry lane = served.parent(); lane != null; lane = lane.parent()) {
            DeploymentEntry<S> deployment = lane.expired() && !lane.isBase() ? null : service.deployment(lane);
            PortEntry<S> port = deployment == null ? null : port(deployment, authority, request, into);
            if (port != null && port.state().usable()) {
                into.reason = served == requested ? Reason.FALLBACK_UNREADY : into.reason;
                into.served = lane;
                into.deployment = deployment;
                into.port = port;
                return true;
            }
        }
        return false;
    }

    private static <S extends DeploymentState, R> void refuse(Decision<S, R> into, Reason reason) {
        into.deployment = null;
        into.port = null;
        into.reason = reason;
    }

    /** The reason if the first lane of the walk serves. */
    private static <S extends DeploymentState, R> Reason direct(Decision<S, R> into) {
        if (into.origin == Origin.NONE) {
            return Reason.BASE;
        }
        if (into.requested == null) {
            return Reason.LANE_UNKNOWN;
        }
        if (into.requested.expired()) {
            return Reason.LANE_EXPIRED;
        }
        if (into.assigned == Assigned.NO) {
            return Reason.LANE;
        }
        return into.assigned == Assigned.PINNED ? Reason.PINNED : Reason.SHIFT;
    }

    private <S extends DeploymentState, R> PortEntry<S> port(
            DeploymentEntry<S> deployment, Slice authority, RequestView request, Decision<S, R> into) {
        PortEntry<S> only = deployment.only();
        if (only != null) {
            return only;
        }
        int number = into.routePort != 0 ? into.routePort : Authority.port(authority);
        return deployment.select(number, grpc(request));
    }

    private boolean grpc(RequestView request) {
        if (!request.header(CONTENT_TYPE, value) || value.length() < GRPC.length) {
            return false;
        }
        for (int i = 0; i < GRPC.length; i++) {
            if ((value.byteAt(i) | 0x20) != (GRPC[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }
}
