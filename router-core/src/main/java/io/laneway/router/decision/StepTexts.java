package io.laneway.router.decision;

import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.shift.Assignment;
import io.laneway.router.table.DeploymentEntry;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import io.laneway.router.table.ShiftEntry;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Puts the steps of a decision into sentences. Only used where a decision is explained. Stateless. */
final class StepTexts {

    private StepTexts() {}

    static void service(
            DecisionTrace trace,
            ListenerTraits listener,
            Decision<?, ?> into,
            Slice host,
            @Nullable ServiceEntry<?, ?> service) {
        String how = "host " + host;
        if (listener.service() != null) {
            how = "the question or the listener";
        } else if (into.route != null) {
            how = "route " + into.route.route().path() + " of "
                    + into.route.route().hosts() + matched(into.route.route());
        }
        trace.step(
                DecisionStep.Kind.SERVICE,
                service != null
                        ? how + " leads to service " + service.name()
                        : into.route != null
                                ? how
                                        + (into.redirected()
                                                ? " answers with a redirection"
                                                : " answers with status " + into.routeStatus())
                                : "no service for " + unknown(listener, host));
    }

    private static String matched(Route route) {
        RouteMatch match = route.match();
        StringBuilder said = new StringBuilder(match.exact() ? ", exactly that path" : "");
        if (match.method() != null) {
            said.append(", method ").append(match.method());
        }
        match.headers().keySet().forEach(name -> said.append(", header ").append(name));
        match.query().keySet().forEach(name -> said.append(", parameter ").append(name));
        if (!match.ports().isEmpty()) {
            said.append(", port ").append(match.ports());
        }
        return said.toString();
    }

    private static String unknown(ListenerTraits listener, Slice host) {
        return listener.service() != null
                ? "name " + listener.service()
                : "host " + host + (listener.passthrough() ? ": sent where it asked" : "");
    }

    static void absent(DecisionTrace trace, Origin origin, Object where) {
        trace.step(
                DecisionStep.Kind.CARRIER,
                place(origin, where) + " has a value without letters and digits or with control characters: absent");
    }

    static void ignored(DecisionTrace trace, Origin origin, Object where, Slice lane, ListenerTraits listener) {
        String why = listener.signed()
                ? ": carrier not signed, so it is ignored"
                : ": the listener has lanes off, so it is ignored, and the base lane is written on the request";
        trace.step(DecisionStep.Kind.CARRIER, place(origin, where) + " names lane " + lane + why);
    }

    static void requested(DecisionTrace trace, Decision<?, ?> into, Object where) {
        Slice name = new Slice();
        into.stamp(name);
        String lane = into.requested == null ? name + ", which the table does not know" : into.requested.name();
        trace.step(DecisionStep.Kind.REQUESTED, place(into.origin, where) + " asks for lane " + lane);
    }

    private static String place(Origin origin, Object where) {
        String name = where instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : where.toString();
        return switch (origin) {
            case STAMP -> "the stamp in " + name;
            case ROUTE -> "route " + name;
            case LISTENER -> "the listener's default lane";
            case MEMORY -> "the memory of its trace";
            case QUESTION -> "the question";
            case HOST -> name.equals(Origins.WORD) ? "the lane host in Origin" : "host pattern " + name;
            case HEADER, QUERY, COOKIE, BAGGAGE, NONE, TENANT, REQUEST -> origin.word() + " " + name;
        };
    }

    static void noShift(DecisionTrace trace, @Nullable ShiftEntry shift) {
        trace.step(
                DecisionStep.Kind.TENANT,
                shift == null
                        ? "the service has no shift"
                        : "shift " + shift.shift().name() + " is disabled");
    }

    static void noTenant(DecisionTrace trace, ShiftEntry shift, boolean internal) {
        boolean claims = !internal
                && shift.shift().tenant().stream().anyMatch(place -> place.kind() == TenantSource.Kind.JWT_CLAIM);
        trace.step(
                DecisionStep.Kind.TENANT,
                "no tenant where shift " + shift.shift().name() + " looks for one"
                        + (claims ? "; a claim counts here only of a token that the listener's jwt has verified" : ""));
    }

    static void tenant(DecisionTrace trace, ShiftEntry shift, Decision<?, ?> into, Slice tenant) {
        trace.foundTenant = tenant.toString();
        Assignment assignment = shift.assignment();
        String how = into.assigned == Assigned.PINNED ? "by a pin" : "by slot " + assignment.slot(tenant);
        trace.step(
                DecisionStep.Kind.TENANT,
                "shift " + shift.shift().name() + " assigns tenant " + tenant + " to " + into.requested + " " + how);
    }

    static void noId(DecisionTrace trace, ShiftEntry shift) {
        trace.step(
                DecisionStep.Kind.REQUESTED,
                "shift " + shift.shift().name()
                        + " divides requests without a tenant by x-request-id, and there is none: a gateway makes one");
    }

    static void request(DecisionTrace trace, ShiftEntry shift, Decision<?, ?> into, Slice id) {
        trace.step(
                DecisionStep.Kind.REQUESTED,
                "shift " + shift.shift().name() + " assigns request " + id + ", which has no tenant, to "
                        + into.requested + " by slot " + shift.assignment().slot(id));
    }

    static void notObeyed(DecisionTrace trace, Decision<?, ?> into, LaneEntry base) {
        trace.step(
                DecisionStep.Kind.WALK,
                into.requested == null
                        ? "an unknown lane is served by base lane " + base
                        : "lane " + into.requested + " expired: served by base lane " + base);
    }

    static void panic(DecisionTrace trace, LaneEntry last) {
        trace.step(
                DecisionStep.Kind.WALK,
                "no lane has an endpoint that is well: lane " + last + ", the last one, serves with all it has");
    }

    static void candidate(
            DecisionTrace trace,
            LaneEntry lane,
            @Nullable DeploymentEntry<?> deployment,
            @Nullable PortEntry<?> port,
            boolean usable) {
        if (deployment == null || port == null) {
            trace.step(DecisionStep.Kind.WALK, "lane " + lane + " does not have the service");
            return;
        }
        long published =
                port.port().endpoints().stream().filter(Endpoint::usable).count();
        int all = port.port().endpoints().size();
        trace.step(
                DecisionStep.Kind.WALK,
                "lane " + lane + " has the service, " + published + " of " + all + " endpoints published as usable: "
                        + (usable ? "serves" : "cannot serve"));
    }
}
