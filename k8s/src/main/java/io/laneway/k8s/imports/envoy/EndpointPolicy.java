package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a cluster says of its endpoints: balancer, health checks, ejection and limits. */
final class EndpointPolicy {

    private static final int HIGHEST = 1_000_000_000;

    private EndpointPolicy() {}

    static void read(Tracked cluster, PolicyDraft policy) {
        String balancer = cluster.peek("lb_policy");
        if (balancer != null) {
            balancer(cluster, balancer, policy);
        }
        List<Tracked> checks = cluster.items("health_checks");
        if (!checks.isEmpty()) {
            health(checks.get(0), policy);
        }
        Tracked outlier = cluster.at("outlier_detection");
        if (outlier != null) {
            ejection(outlier, policy);
        }
        for (Tracked thresholds : cluster.items("circuit_breakers", "thresholds")) {
            String priority = thresholds.peek("priority");
            if (priority == null || priority.equals("DEFAULT")) {
                thresholds.text("priority");
                limits(thresholds, policy);
            }
        }
    }

    private static void balancer(Tracked cluster, String name, PolicyDraft policy) {
        switch (name.toUpperCase(Locale.ROOT)) {
            case "ROUND_ROBIN" -> policy.balancer(Balancer.ROUND_ROBIN);
            case "LEAST_REQUEST" -> policy.balancer(Balancer.LEAST_REQUEST);
            case "RING_HASH", "MAGLEV" ->
                policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
            default -> {
                return;
            }
        }
        cluster.text("lb_policy");
    }

    private static void health(Tracked check, PolicyDraft policy) {
        Health.Kind kind = check.has("http_health_check")
                ? Health.Kind.HTTP
                : check.has("grpc_health_check") ? Health.Kind.GRPC : Health.Kind.TCP;
        if (kind == Health.Kind.TCP && check.at("tcp_health_check") == null) {
            return;
        }
        check.at("grpc_health_check");
        String path = kind == Health.Kind.HTTP
                ? check.text("http_health_check", "path")
                : check.text("grpc_health_check", "service_name");
        String asked = kind == Health.Kind.TCP ? null : path == null ? "" : path;
        policy.health(new Health(
                kind,
                asked,
                or(Times.take(check, "interval"), Duration.ofSeconds(5)),
                or(Times.take(check, "timeout"), Duration.ofSeconds(1)),
                number(check, 3, "unhealthy_threshold"),
                number(check, 2, "healthy_threshold")));
    }

    private static void ejection(Tracked outlier, PolicyDraft policy) {
        int consecutive = number(outlier, 5, "consecutive_5xx");
        Duration time = or(Times.take(outlier, "base_ejection_time"), Duration.ofSeconds(30));
        int share = Math.min(100, number(outlier, 10, "max_ejection_percent"));
        outlier.takeIf("100", "enforcing_consecutive_5xx");
        // Each of these turns off what a table does not have.
        outlier.takeIf("0", "enforcing_success_rate");
        outlier.takeIf("0", "enforcing_consecutive_gateway_failure");
        outlier.takeIf("0", "enforcing_failure_percentage");
        policy.ejection(new Ejection(consecutive, time, share));
    }

    private static void limits(Tracked thresholds, PolicyDraft policy) {
        policy.limits(new Limits(
                limit(thresholds, "max_connections"),
                limit(thresholds, "max_pending_requests"),
                limit(thresholds, "max_requests")));
    }

    /** Numbers so high that they are to say "none" are none. */
    private static int limit(Tracked thresholds, String key) {
        int limit = number(thresholds, 0, key);
        return limit >= HIGHEST ? 0 : limit;
    }

    static int number(Tracked node, int fallback, String... keys) {
        String text = node.peek(keys);
        if (text == null || !text.matches("[0-9]{1,10}") || Long.parseLong(text) > Integer.MAX_VALUE) {
            return text == null || !text.matches("[0-9]{10}") || node.text(keys) == null ? fallback : Integer.MAX_VALUE;
        }
        node.text(keys);
        return Integer.parseInt(text);
    }

    static Duration or(@Nullable Duration time, Duration fallback) {
        return time == null ? fallback : time;
    }
}
