package io.laneway.xds.route;

import com.github.xds.type.matcher.v3.Matcher.OnMatch;
import com.google.protobuf.Any;
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
import io.laneway.router.unit.ByteSize;
import io.laneway.xds.filter.BodyBound;
import io.laneway.xds.filter.CorsFilter;
import io.laneway.xds.lane.LaneChoice;
import io.laneway.xds.lane.LaneInput;
import io.laneway.xds.lane.LaneInputs;
import io.laneway.xds.lane.LaneMatcher;
import io.laneway.xds.lane.LaneRoute;
import io.laneway.xds.lane.PortChoice;
import io.laneway.xds.lane.TenantMatches;
import io.laneway.xds.lane.Tenants;
import io.laneway.xds.words.Fractions;
import io.laneway.xds.words.HeaderEdits;
import io.laneway.xds.words.OnMatches;
import io.laneway.xds.words.Substitution;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an Envoy does with requests of one rule, by their lane: one action a lane, which divides requests among the rule's parts. */
final class RuleActions {

    private static final String LANE = "x-laneway-lane";

    private final Rule rule;
    private final boolean external;
    /** Whether retries and changes of headers that all actions of a service share stand at each, not at the virtual host. */
    private final boolean whole;

    private final PortChoice asked;

    /** @param asked the port that requests are for */
    RuleActions(Rule rule, boolean external, boolean whole, PortChoice asked) {
        this.asked = asked;
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
        for (LaneEntry lane : lanes()) {
            lanes.add(new LaneChoice(
                    lane.slug(), LaneRoute.spellings(lane), OnMatches.act(at(lane, Substitution.plain(lane.name())))));
        }
        return LaneMatcher.of(
                inputs, lanes, input -> OnMatches.act(at(null, input.stamp())), OnMatches.act(unmarked()));
    }

    /** The lanes that any part, or the mirror, serves otherwise than base, and those of faults. */
    private Set<LaneEntry> lanes() {
        Set<LaneEntry> lanes = new LinkedHashSet<>();
        for (Target target : rule.targets()) {
            target.lanes(asked).lanes().forEach(lane -> lanes.add(lane.lane()));
            LaneEntry faulty = target.faulty();
            if (faulty != null) {
                lanes.add(faulty);
            }
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
            routes.addAll(bounded(part, part::match, match -> at(part, match, lane, lane, stamp)));
        }
        return routes;
    }

    /** The route of a part, behind those that keep bodies within its bound. */
    private static List<Route> bounded(
            Part part, Supplier<RouteMatch.Builder> match, Function<RouteMatch.Builder, Route.Builder> made) {
        Route.Builder last = made.apply(match.get());
        Target target = part.target();
        ByteSize most = target == null ? null : target.service().policy().maxBody();
        if (most == null || !last.hasRoute()) {
            return List.of(last.build());
        }
        return List.of(
                Replies.tooLarge(BodyBound.above(match.get(), most)),
                Replies.unbounded(BodyBound.calls(match.get()), part.name()),
                made.apply(BodyBound.within(match.get(), most)).build(),
                last.putAllTypedPerFilterConfig(BodyBound.kept(most)).build());
    }

    /** @param requested the lane that requests ask for, null for one that is not known */
    private Route.Builder at(
            Part part,
            RouteMatch.Builder match,
            @Nullable LaneEntry lane,
            @Nullable LaneEntry requested,
            @Nullable String stamp) {
        Target target = part.target();
        if (part.status() != 0) {
            Route.Builder reply = Replies.status(match, part.status());
            HeaderEdits response = HeaderEdits.of(rule.response(part.headers(), HeaderRules.NONE));
            return reply.addAllResponseHeadersToRemove(response.removed()).addAllResponseHeadersToAdd(response.added());
        }
        if (target == null) {
            return Replies.unserved(match, part.name()).toBuilder();
        }
        LaneRoute to = target.lane(lane, asked.at(part.port()));
        String cluster = to.cluster();
        if (cluster == null) {
            Reason refusal = to.refusal();
            return Replies.refused(match, refusal == null ? Reason.BASE_UNAVAILABLE : refusal).toBuilder();
        }
        Route.Builder route =
                Route.newBuilder().setMatch(match).setName(to.lane().slug());
        EnvoyActions actions = new EnvoyActions(target.service(), rule.route(), part.rewrite());
        RouteAction.Builder action = actions.to(cluster);
        mirror(action, lane);
        if (whole) {
            headers(route, part, target);
            RetryPolicy retries = actions.retries();
            if (retries != null) {
                action.setRetryPolicy(retries);
            }
            route.addResponseHeadersToAdd(servedLane());
            route.putAllTypedPerFilterConfig(target.filters().always(rule.cors()));
        }
        if (requested != null && requested.equals(target.faulty())) {
            route.putAllTypedPerFilterConfig(target.filters().fault());
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
            LaneRoute to = copies.to().lane(lane, asked.at(copies.port()));
            if (to.cluster() != null) {
                action.addRequestMirrorPolicies(RequestMirrorPolicy.newBuilder()
                        .setCluster(to.cluster())
                        .setRuntimeFraction(Fractions.of(copies.share()))
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
            LaneEntry base = part.target() == null
                    ? null
                    : part.target().lanes(asked).base().lane();
            preflights(part, routes);
            if (tenants.everyone()) {
                routes.add(Replies.tenants(part.match(), tenants.shift()));
                continue;
            }
            for (TenantSource source : tenants.sources()) {
                routes.add(Replies.tenants(TenantMatches.of(source, part.match()), tenants.shift()));
            }
            if (external && rule.externalBaggage()) {
                routes.addAll(bounded(
                        part,
                        () -> part.match().addHeaders(TenantMatches.staleBaggage()),
                        match -> at(part, match, null, base, null).addRequestHeadersToRemove(LaneInputs.BAGGAGE)));
            }
            routes.addAll(bounded(part, part::match, match -> at(part, match, null, base, null)));
        }
        return routes;
    }

    /** Preflights have no header and no cookie by which they ask for a lane, or a tenant is known. */
    private void preflights(Part part, List<Route> routes) {
        Target target = part.target();
        Map<String, Any> filters = target == null ? Map.of() : target.filters().preflights(rule.cors());
        if (!filters.isEmpty()) {
            Route.Builder route = at(part, CorsFilter.preflights(part.match()), null, null, null);
            routes.add(
                    route.hasRoute() ? route.putAllTypedPerFilterConfig(filters).build() : route.build());
        }
    }
}
