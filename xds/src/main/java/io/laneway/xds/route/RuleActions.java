package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.laneway.router.decision.Reason;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.unit.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an Envoy does with requests of one rule, by their lane: one action a lane, which divides requests among the rule's parts. */
final class RuleActions {

    private static final String LANE = "x-laneway-lane";
    /** Of Envoy's fractions. */
    private static final int SLOT = Part.ALL / Share.SLOTS;

    private final Rule rule;
    private final boolean external;
    /** Whether retries and changes of headers that all actions of a service share stand at each, not at the virtual host. */
    private final boolean whole;

    RuleActions(Rule rule, boolean external, boolean whole) {
        this.rule = rule;
        this.external = external;
        this.whole = whole;
    }

    /** The rule's choice of a lane. */
    OnMatch of(List<LaneInput> inputs) {
        Route redirect = rule.redirect();
        if (redirect != null) {
            return OnMatches.act(List.of(redirect));
        }
        List<LaneChoice> lanes = new ArrayList<>();
        lanes().forEach((lane, spellings) -> lanes.add(
                new LaneChoice(lane.slug(), spellings, OnMatches.act(at(lane, Substitution.plain(lane.name()))))));
        return LaneMatcher.of(
                inputs, lanes, input -> OnMatches.act(at(null, input.stamp())), OnMatches.act(unmarked()));
    }

    /** The lanes that any part, or the mirror, serves otherwise than base, with their spellings. */
    private Map<LaneEntry, List<String>> lanes() {
        List<Target> targets = new ArrayList<>();
        rule.parts().stream().map(Part::target).filter(Objects::nonNull).forEach(targets::add);
        rule.mirrors().forEach(mirror -> targets.add(mirror.to()));
        Map<LaneEntry, List<String>> lanes = new LinkedHashMap<>();
        for (Target target : targets) {
            target.lanes().lanes().forEach(lane -> lanes.putIfAbsent(lane.lane(), lane.spellings()));
        }
        return lanes;
    }

    /**
     * Routes for a lane, null for one that is served by base.
     *
     * @param stamp what is written on the request as its lane; empty for what is there, null for none
     */
    private List<Route> at(@Nullable LaneEntry lane, @Nullable String stamp) {
        List<Route> routes = new ArrayList<>();
        for (Part part : rule.parts()) {
            routes.add(at(part, part.match(), lane, stamp).build());
        }
        return routes;
    }

    private Route.Builder at(Part part, RouteMatch.Builder match, @Nullable LaneEntry lane, @Nullable String stamp) {
        Target target = part.target();
        if (part.status() != 0) {
            Route.Builder reply = Replies.status(match, part.status());
            HeaderEdits response = HeaderEdits.of(rule.response(part.headers(), HeaderRules.NONE));
            return reply.addAllResponseHeadersToRemove(response.removed()).addAllResponseHeadersToAdd(response.added());
        }
        if (target == null) {
            return Replies.unserved(match, part.name()).toBuilder();
        }
        LaneRoute to = lane == null ? target.lanes().base() : target.lane(lane);
        String cluster = to.cluster();
        if (cluster == null) {
            Reason refusal = to.refusal();
            return Replies.refused(match, refusal == null ? Reason.BASE_UNAVAILABLE : refusal).toBuilder();
        }
        Route.Builder route =
                Route.newBuilder().setMatch(match).setName(to.lane().slug());
        EnvoyActions actions = new EnvoyActions(target.service(), rule.route());
        RouteAction.Builder action = actions.to(cluster);
        mirror(action, lane);
        if (whole) {
            headers(route, part, target);
            RetryPolicy retries = actions.retries();
            if (retries != null) {
                action.setRetryPolicy(retries);
            }
            route.addResponseHeadersToAdd(servedLane());
        }
        stamp(route, stamp);
        return route.setRoute(action).addResponseHeadersToRemove(Replies.DECISION);
    }

    /** The response header that names the lane of the endpoint, left out where there is none. */
    static HeaderValueOption servedLane() {
        return HeaderEdits.set(LANE, Substitution.servedLane());
    }

    private void stamp(Route.Builder route, @Nullable String stamp) {
        if (stamp == null) {
            if (external) {
                route.addRequestHeadersToRemove(Carriers.MARKER);
            }
        } else if (!stamp.isEmpty()) {
            route.addRequestHeadersToAdd(HeaderEdits.set(Carriers.MARKER, stamp));
        }
    }

    private void headers(Route.Builder route, Part part, Target target) {
        HeaderRules policy = target.service().policy().headers();
        HeaderEdits request = HeaderEdits.of(rule.request(part.headers(), policy));
        HeaderEdits response = HeaderEdits.of(rule.response(part.headers(), policy));
        route.addAllRequestHeadersToRemove(request.removed())
                .addAllRequestHeadersToAdd(request.added())
                .addAllResponseHeadersToRemove(response.removed())
                .addAllResponseHeadersToAdd(response.added());
    }

    private void mirror(RouteAction.Builder action, @Nullable LaneEntry lane) {
        for (Rule.Copies copies : rule.mirrors()) {
            LaneRoute to =
                    lane == null ? copies.to().lanes().base() : copies.to().lane(lane);
            if (to.cluster() != null) {
                action.addRequestMirrorPolicies(RequestMirrorPolicy.newBuilder()
                        .setCluster(to.cluster())
                        .setRuntimeFraction(Part.fraction(copies.share().slots() * SLOT))
                        .setDisableShadowHostSuffixAppend(true));
            }
        }
    }

    /** Requests without a lane: those of tenants are refused where only a gateway can assign them. */
    private List<Route> unmarked() {
        List<Route> routes = new ArrayList<>();
        for (Part part : rule.parts()) {
            Tenants tenants =
                    part.target() == null ? Tenants.NONE : part.target().tenants();
            if (tenants.everyone()) {
                routes.add(Replies.tenants(part.match(), tenants.shift()));
                continue;
            }
            for (TenantSource source : tenants.sources()) {
                routes.add(Replies.tenants(TenantMatches.of(source, part.match()), tenants.shift()));
            }
            if (external && rule.strangersBaggage()) {
                RouteMatch.Builder stale = part.match().addHeaders(TenantMatches.staleBaggage());
                routes.add(at(part, stale, null, null)
                        .addRequestHeadersToRemove(LaneInputs.BAGGAGE)
                        .build());
            }
            routes.add(at(part, part.match(), null, null).build());
        }
        return routes;
    }
}
