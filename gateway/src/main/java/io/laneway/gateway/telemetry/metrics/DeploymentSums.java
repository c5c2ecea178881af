package io.laneway.gateway.telemetry.metrics;

import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.telemetry.metrics.LoopMetrics.Target;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** The deployment counters of all loops added up, as text. */
final class DeploymentSums {

    private DeploymentSums() {}

    static void write(Collection<LoopMetrics> loops, Predicate<Target> alive, Exposition out) {
        out.gauge("laneway_upstream_requests_active", "Requests in flight to upstreams.");
        each(sum(loops, alive, stats -> stats.activeRequests), out);
        out.gauge("laneway_upstream_connections", "Connections to upstreams, by what they do.");
        each(sum(loops, alive, stats -> stats.busyConnections), out, "state", "active");
        each(sum(loops, alive, stats -> stats.idleConnections), out, "state", "idle");
        each(sum(loops, alive, stats -> stats.connecting), out, "state", "connecting");
        out.counter("laneway_upstream_tls_failures_total", "TLS handshakes with upstreams that failed.");
        each(sum(loops, alive, stats -> stats.tlsFailures), out);
        out.counter(
                "laneway_upstream_malformed_total", "Responses of upstreams that break HTTP, by the rule they break.");
        violations(loops, alive, out);
        out.counter(
                "laneway_upstream_truncated_total",
                "Responses cut because their TLS connection ended without close_notify.");
        each(sum(loops, alive, stats -> stats.truncated), out);
        out.counter("laneway_upstream_unasked_total", "How often upstreams sent unsolicited bytes.");
        each(sum(loops, alive, stats -> stats.unsolicited), out);
        out.counter("laneway_grpc_messages_total", "Messages of gRPC calls, by the way they went.");
        each(sum(loops, alive, stats -> stats.grpcRequestMessages), out, "direction", "request");
        each(sum(loops, alive, stats -> stats.grpcResponseMessages), out, "direction", "response");
        out.counter("laneway_upstream_retries_total", "Requests tried again, by what came of it.");
        each(sum(loops, alive, stats -> stats.retriesSucceeded), out, "outcome", "success");
        each(sum(loops, alive, stats -> stats.retriesFailed), out, "outcome", "failure");
        each(sum(loops, alive, stats -> stats.retriesOverBudget), out, "outcome", "over_budget");
        out.counter("laneway_endpoint_ejections_total", "Endpoints ejected for errors of theirs.");
        each(sum(loops, alive, stats -> stats.ejections), out);
        out.counter("laneway_endpoint_panics_total", "Picks among ejected endpoints because there was no other.");
        each(sum(loops, alive, stats -> stats.panics), out);
        out.counter("laneway_mirrored_requests_total", "Copies of requests mirrored into a lane, by what came of it.");
        each(sum(loops, alive, stats -> stats.mirrorsResponded), out, "outcome", "answered");
        each(sum(loops, alive, stats -> stats.mirrorsFailed), out, "outcome", "failed");
        each(sum(loops, alive, stats -> stats.mirrorsDropped), out, "outcome", "dropped");
    }

    private static void violations(Collection<LoopMetrics> loops, Predicate<Target> alive, Exposition out) {
        Set<String> rules = new TreeSet<>();
        for (LoopMetrics loop : loops) {
            loop.deployments().forEach(stats -> rules.addAll(stats.malformed.rules()));
        }
        for (String rule : rules) {
            Map<Target, Long> sums = sum(loops, alive, stats -> stats.malformed.of(rule));
            sums.values().removeIf(sum -> sum == 0);
            each(sums, out, "rule", rule);
        }
    }

    private static Map<Target, Long> sum(
            Collection<LoopMetrics> loops, Predicate<Target> alive, Function<DeploymentStats, LoopCounter> field) {
        Map<Target, Long> sums =
                new TreeMap<>(Comparator.comparing(Target::service).thenComparing(Target::lane));
        for (LoopMetrics loop : loops) {
            for (DeploymentStats stats : loop.deployments()) {
                Target target = new Target(stats.service(), stats.lane());
                if (alive.test(target)) {
                    sums.merge(target, field.apply(stats).get(), Long::sum);
                }
            }
        }
        return sums;
    }

    private static void each(Map<Target, Long> sums, Exposition out) {
        sums.forEach((target, sum) -> out.sample(sum, "service", target.service(), "lane", target.lane()));
    }

    private static void each(Map<Target, Long> sums, Exposition out, String label, String value) {
        sums.forEach(
                (target, sum) -> out.sample(sum, "service", target.service(), "lane", target.lane(), label, value));
    }
}
