package io.laneway.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.decision.Reason;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import java.util.ArrayList;
import java.util.List;

/** What an Envoy does with requests of one lane of one service, as a route. Immutable. */
final class EnvoyActions {

    private static final String DECISION = "x-laneway-decision";
    private static final int UNAVAILABLE = 503;
    private static final String IDEMPOTENT = "GET|HEAD|OPTIONS|TRACE|PUT|DELETE";

    private final Service service;
    private final boolean streams;

    EnvoyActions(Service service) {
        this.service = service;
        this.streams = service.deployments().stream()
                .flatMap(deployment -> deployment.ports().stream())
                .anyMatch(port -> port.protocol() == Protocol.H2C || port.protocol() == Protocol.H2);
    }

    /** @param stamp what is written on the request as its lane, as an Envoy formats it; empty for what is there */
    Route route(LaneRoute lane, String stamp) {
        Route.Builder route = Route.newBuilder().setMatch(all());
        String cluster = lane.cluster();
        Reason refusal = lane.refusal();
        if (cluster == null) {
            return refused(route, refusal == null ? Reason.BASE_UNAVAILABLE : refusal);
        }
        if (!stamp.isEmpty()) {
            route.addRequestHeadersToAdd(header(Carriers.MARKER, stamp));
        }
        return route.setName(lane.lane().slug())
                .setRoute(action(cluster))
                .addResponseHeadersToRemove(DECISION)
                .addResponseHeadersToAdd(header("x-laneway-lane", Substitution.servedLane()))
                .build();
    }

    /** A local reply for requests whose tenant only a gateway can assign. */
    Route tenants(RouteMatch match, String shift) {
        return Route.newBuilder()
                .setMatch(match)
                .setName("tenants")
                .setDirectResponse(
                        reply("tenants of shift " + shift + " are assigned by gateways of Laneway, not by xDS"))
                .build();
    }

    static RouteMatch all() {
        return RouteMatch.newBuilder().setPrefix("/").build();
    }

    private static Route refused(Route.Builder route, Reason reason) {
        return route.setName(reason.word())
                .setDirectResponse(reply(reason.word()))
                .addResponseHeadersToAdd(header(DECISION, reason.word()))
                .build();
    }

    private static DirectResponseAction reply(String text) {
        return DirectResponseAction.newBuilder()
                .setStatus(UNAVAILABLE)
                .setBody(DataSource.newBuilder().setInlineString(text))
                .build();
    }

    static HeaderValueOption header(String name, String value) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                .build();
    }

    private RouteAction action(String cluster) {
        Timeouts timeouts = service.policy().timeouts();
        RouteAction.Builder action = RouteAction.newBuilder()
                .setCluster(cluster)
                .setTimeout(Durations.of(streams ? java.time.Duration.ZERO : timeouts.request()))
                .setIdleTimeout(Durations.of(timeouts.idle()));
        if (!timeouts.total().isZero()) {
            action.setMaxStreamDuration(
                    MaxStreamDuration.newBuilder().setMaxStreamDuration(Durations.of(timeouts.total())));
        }
        if (service.policy().retries().max() > 0) {
            action.setRetryPolicy(retries(service.policy().retries()));
        }
        if (service.policy().balancer().kind() == Balancer.Kind.RING_HASH) {
            action.addHashPolicy(hash(service.policy().balancer()));
        }
        return action.build();
    }

    private static RetryPolicy retries(Retries retries) {
        List<String> on = new ArrayList<>();
        boolean sent = false;
        boolean statuses = false;
        RetryPolicy.Builder policy = RetryPolicy.newBuilder().setNumRetries(UInt32Value.of(retries.max()));
        for (Retries.On each : new java.util.TreeSet<>(retries.on())) {
            switch (each) {
                case CONNECT_FAILURE, REFUSED_STREAM -> on.add(each.word());
                case RESET_BEFORE_RESPONSE -> {
                    on.add("reset");
                    sent = true;
                }
                case STATUS_502, STATUS_503, STATUS_504 -> {
                    policy.addRetriableStatusCodes(Integer.parseInt(each.word()));
                    statuses = true;
                }
            }
        }
        if (statuses) {
            on.add("retriable-status-codes");
        }
        if ((sent || statuses) && retries.methods() == Retries.Methods.IDEMPOTENT) {
            policy.addRetriableRequestHeaders(HeaderMatcher.newBuilder()
                    .setName(":method")
                    .setStringMatch(StringMatcher.newBuilder()
                            .setSafeRegex(RegexMatcher.newBuilder().setRegex(IDEMPOTENT))));
        }
        if (retries.perTryTimeout() != null) {
            policy.setPerTryTimeout(Durations.of(retries.perTryTimeout()));
        }
        return policy.setRetryOn(String.join(",", on)).build();
    }

    private static HashPolicy hash(Balancer balancer) {
        return switch (balancer.key()) {
            case HEADER ->
                HashPolicy.newBuilder()
                        .setHeader(HashPolicy.Header.newBuilder().setHeaderName(balancer.name()))
                        .build();
            case COOKIE ->
                HashPolicy.newBuilder()
                        .setCookie(HashPolicy.Cookie.newBuilder().setName(balancer.name()))
                        .build();
            case SOURCE ->
                HashPolicy.newBuilder()
                        .setConnectionProperties(
                                HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true))
                        .build();
        };
    }
}
