package io.laneway.xds.resource;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.RoutingPriority;
import io.envoyproxy.envoy.type.v3.CodecClientType;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.envoyproxy.envoy.type.v3.Percent;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import io.laneway.xds.words.Durations;
import org.jspecify.annotations.Nullable;

/** Those parts of a policy that Envoy has at its clusters: limits, ejection, health checks. Stateless. */
final class ClusterPolicy {

    /** Without a limit; Envoy's own default is 1024. */
    private static final int UNLIMITED = -1;
    /** So that 99 of 100 endpoints may go but never the last one: errors of an application are no absence. */
    private static final int NEVER_THE_LAST = 99;

    private static final int HEALTHY_FROM = 200;
    private static final int HEALTHY_TO = 400;

    private ClusterPolicy() {}

    /** @param host by which health checks call endpoints */
    static void put(Cluster.Builder cluster, Policy policy, Protocol protocol, String host) {
        breakers(cluster, policy);
        cluster.setOutlierDetection(outliers(policy.ejection()));
        Health health = policy.health();
        if (health != null) {
            cluster.addHealthChecks(check(health, protocol, host));
        }
    }

    static void breakers(Cluster.Builder cluster, Policy policy) {
        Limits limits = policy.limits();
        cluster.setCircuitBreakers(CircuitBreakers.newBuilder()
                .addThresholds(Thresholds.newBuilder()
                        .setPriority(RoutingPriority.DEFAULT)
                        .setMaxConnections(limit(limits == null ? 0 : limits.maxConnections()))
                        .setMaxPendingRequests(limit(limits == null ? 0 : limits.maxPending()))
                        .setMaxRequests(limit(limits == null ? 0 : limits.maxRequests()))
                        .setRetryBudget(Thresholds.RetryBudget.newBuilder()
                                .setBudgetPercent(Percent.newBuilder()
                                        .setValue(policy.retries().budget())))));
    }

    /** gRPC counts calls in flight alone (gRFC A32), and 1024 are its default as well. */
    static void limitsOfGrpc(Cluster.Builder cluster, @Nullable Limits limits) {
        cluster.setCircuitBreakers(CircuitBreakers.newBuilder()
                .addThresholds(Thresholds.newBuilder()
                        .setPriority(RoutingPriority.DEFAULT)
                        .setMaxRequests(limit(limits == null ? 0 : limits.maxRequests()))));
    }

    private static UInt32Value limit(int value) {
        return UInt32Value.of(value == 0 ? UNLIMITED : value);
    }

    private static OutlierDetection outliers(Ejection ejection) {
        int consecutive = ejection.consecutive5xx();
        int share = Math.min(ejection.maxShare(), NEVER_THE_LAST);
        return OutlierDetection.newBuilder()
                .setConsecutive5Xx(UInt32Value.of(Math.max(1, consecutive)))
                .setEnforcingConsecutive5Xx(UInt32Value.of(consecutive == 0 || share == 0 ? 0 : 100))
                .setBaseEjectionTime(Durations.of(ejection.time()))
                .setMaxEjectionPercent(UInt32Value.of(share))
                .setEnforcingSuccessRate(UInt32Value.of(0))
                .build();
    }

    /** An Envoy would ask for the name of the cluster, which is no host, take 200 alone, and ask once a minute without traffic. */
    private static HealthCheck check(Health health, Protocol protocol, String host) {
        HealthCheck.Builder check = HealthCheck.newBuilder()
                .setInterval(Durations.of(health.interval()))
                .setNoTrafficInterval(Durations.of(health.interval()))
                .setTimeout(Durations.of(health.timeout()))
                .setUnhealthyThreshold(UInt32Value.of(health.unhealthyAfter()))
                .setHealthyThreshold(UInt32Value.of(health.healthyAfter()));
        String path = health.path();
        return switch (health.kind()) {
            case HTTP ->
                check.setHttpHealthCheck(HealthCheck.HttpHealthCheck.newBuilder()
                                .setHost(host)
                                .setPath(path == null ? "/" : path)
                                .addExpectedStatuses(Int64Range.newBuilder()
                                        .setStart(HEALTHY_FROM)
                                        .setEnd(HEALTHY_TO))
                                .setCodecClientType(protocol.http2() ? CodecClientType.HTTP2 : CodecClientType.HTTP1))
                        .build();
            case GRPC ->
                check.setGrpcHealthCheck(HealthCheck.GrpcHealthCheck.newBuilder()
                                .setAuthority(host)
                                .setServiceName(path == null ? "" : path))
                        .build();
            case TCP ->
                check.setTcpHealthCheck(HealthCheck.TcpHealthCheck.getDefaultInstance())
                        .build();
        };
    }
}
