package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.source.Times;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Limits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A DestinationRule's {@code trafficPolicy} as a policy of endpoints. */
final class TrafficPolicy {

    private TrafficPolicy() {}

    static void read(Tracked traffic, PolicyDraft policy) {
        balancer(traffic, policy);
        Duration connect = Times.take(traffic, "connectionPool", "tcp", "connectTimeout");
        if (connect != null) {
            policy.connect(connect);
        }
        int connections = number(traffic, "connectionPool", "tcp", "maxConnections");
        int pending = number(traffic, "connectionPool", "http", "http1MaxPendingRequests");
        int requests = number(traffic, "connectionPool", "http", "http2MaxRequests");
        if (connections + pending + requests > 0) {
            policy.limits(new Limits(connections, pending, requests));
        }
        Tracked outlier = traffic.at("outlierDetection");
        if (outlier != null) {
            String key = outlier.has("consecutive5xxErrors") ? "consecutive5xxErrors" : "consecutiveErrors";
            int errors = outlier.has(key) ? number(outlier, key) : 5;
            Duration time = Times.take(outlier, "baseEjectionTime");
            int share = outlier.has("maxEjectionPercent") ? number(outlier, "maxEjectionPercent") : 10;
            policy.ejection(new Ejection(errors, time == null ? Duration.ofSeconds(30) : time, Math.min(100, share)));
        }
        // The gateways and sidecars that are replaced spoke Istio's mutual TLS among themselves.
        traffic.takeIf("DISABLE", "tls", "mode");
    }

    private static void balancer(Tracked traffic, PolicyDraft policy) {
        String simple = traffic.peek("loadBalancer", "simple");
        if ("ROUND_ROBIN".equals(simple)) {
            policy.balancer(Balancer.ROUND_ROBIN);
            traffic.text("loadBalancer", "simple");
        } else if ("LEAST_REQUEST".equals(simple) || "LEAST_CONN".equals(simple) || "UNSPECIFIED".equals(simple)) {
            policy.balancer(Balancer.LEAST_REQUEST);
            traffic.text("loadBalancer", "simple");
        }
        Tracked hash = traffic.at("loadBalancer", "consistentHash");
        String header = hash == null ? null : hash.text("httpHeaderName");
        String cookie = hash == null || hash.has("httpCookie", "ttl") ? null : hash.text("httpCookie", "name");
        if (header != null) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.HEADER, header));
        } else if (cookie != null) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.COOKIE, cookie));
        } else if (hash != null && hash.takeIf("true", "useSourceIp")) {
            policy.balancer(new Balancer(Balancer.Kind.RING_HASH, Balancer.Key.SOURCE, ""));
        }
    }

    static int number(@Nullable Tracked node, String... keys) {
        String text = node == null ? null : node.peek(keys);
        if (node == null || text == null || !text.matches("[0-9]{1,9}")) {
            return 0;
        }
        node.text(keys);
        return Integer.parseInt(text);
    }
}
