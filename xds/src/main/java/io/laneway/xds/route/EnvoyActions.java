package io.laneway.xds.route;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.MaxStreamDuration;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatchAndSubstitute;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.Service;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Retries;
import io.laneway.router.policy.Timeouts;
import io.laneway.xds.host.PathRewrites;
import io.laneway.xds.words.Durations;
import io.laneway.xds.words.Patterns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an Envoy forwards requests of one service: by its policy, and by a route of the table where one led there. Immutable. */
final class EnvoyActions {

    private static final String IDEMPOTENT = "GET|HEAD|OPTIONS|TRACE|PUT|DELETE";

    private final Service service;
    private final @Nullable Route route;
    private final @Nullable Rewrite rewrite;
    private final boolean streams;

    /** @param own the rewrite of the part that these requests fall to, null for the route's */
    EnvoyActions(Service service, @Nullable Route route, @Nullable Rewrite own) {
        this.service = service;
        this.route = route;
        this.rewrite = own != null || route == null ? own : route.action().rewrite();
        this.streams = service.deployments().stream()
                .flatMap(deployment -> deployment.ports().stream())
                .anyMatch(port -> port.protocol().http2());
    }

    /** Forwarding to a cluster. */
    RouteAction.Builder to(String cluster) {
        Timeouts timeouts = service.policy().timeouts();
        RouteAction.Builder action = RouteAction.newBuilder()
                .setCluster(cluster)
                .setTimeout(Durations.of(streams ? Duration.ZERO : request()))
                .setIdleTimeout(Durations.of(timeouts.idle()));
        if (!timeouts.total().isZero()) {
            action.setMaxStreamDuration(
                    MaxStreamDuration.newBuilder().setMaxStreamDuration(Durations.of(timeouts.total())));
        }
        if (service.policy().balancer().kind() == Balancer.Kind.RING_HASH) {
            action.addHashPolicy(hash(service.policy().balancer()));
        }
        return rewritten(action);
    }

    private Duration request() {
        Duration own = route == null ? null : route.action().timeout();
        return own == null ? service.policy().timeouts().request() : own;
    }

    private RouteAction.Builder rewritten(RouteAction.Builder action) {
        if (route == null) {
            return action;
        }
        RegexMatchAndSubstitute path = PathRewrites.of(route, rewrite);
        if (path != null) {
            action.setRegexRewrite(path);
        }
        if (rewrite != null && rewrite.host() != null) {
            action.setHostRewriteLiteral(rewrite.host());
        }
        return action;
    }

    /** How requests are tried again, null where they are not. */
    @Nullable
    RetryPolicy retries() {
        Retries retries = service.policy().retries();
        return retries.max() > 0 ? retries(retries) : null;
    }

    private RetryPolicy retries(Retries retries) {
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
                    .setStringMatch(StringMatcher.newBuilder().setSafeRegex(Patterns.ofEnvoys(IDEMPOTENT))));
        }
        Duration perTry = perTry(retries);
        if (perTry != null && !perTry.isZero()) {
            policy.setPerTryTimeout(Durations.of(perTry));
        }
        return policy.setRetryOn(String.join(",", on)).build();
    }

    private @Nullable Duration perTry(Retries retries) {
        Duration own = route == null ? null : route.action().perTry();
        return own == null ? retries.perTryTimeout() : own;
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
