package io.laneway.xds.resource;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig.ZoneAwareLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CustomClusterType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DiscoveryType;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.EdsClusterConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.extensions.clusters.aggregate.v3.ClusterConfig;
import io.envoyproxy.envoy.type.v3.Percent;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Policy;
import io.laneway.xds.lane.ClusterNames;
import io.laneway.xds.words.Durations;
import java.util.List;

/** Deployments as clusters, and fallback chains as aggregate clusters. Stateless. */
final class Clusters {

    /** Aggregate clusters connect nowhere themselves. */
    private static final java.time.Duration CONNECT = java.time.Duration.ofSeconds(1);

    private Clusters() {}

    static Cluster of(String name, Deployment deployment, Port port, Policy policy, Dialect dialect) {
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(Durations.of(policy.timeouts().connect()));
        if (dialect == Dialect.GRPC) {
            ClusterPolicy.limitsOfGrpc(cluster, policy.limits());
            return eds(cluster).setLbPolicy(LbPolicy.ROUND_ROBIN).build();
        }
        ClusterPolicy.put(cluster, policy, port.protocol(), ClusterNames.service(name));
        UpstreamProtocol.put(cluster, port.protocol(), deployment.tlsOf(port));
        cluster.setLbPolicy(balancing(policy.balancer())).setCommonLbConfig(balancing(policy));
        return Addresses.literal(port.endpoints())
                ? eds(cluster).build()
                : names(cluster, deployment, port).build();
    }

    /** Envoy's EDS takes no host names, so these endpoints are a part of their cluster. */
    private static Cluster.Builder names(Cluster.Builder cluster, Deployment deployment, Port port) {
        ClusterLoadAssignment assignment = Assignments.of(cluster.getName(), deployment.lane(), port.endpoints());
        return cluster.setType(DiscoveryType.STRICT_DNS).setLoadAssignment(assignment);
    }

    private static Cluster.Builder eds(Cluster.Builder cluster) {
        return cluster.setType(DiscoveryType.EDS)
                .setEdsClusterConfig(EdsClusterConfig.newBuilder().setEdsConfig(Ads.source()));
    }

    private static CommonLbConfig.Builder balancing(Policy policy) {
        CommonLbConfig.Builder common =
                CommonLbConfig.newBuilder().setHealthyPanicThreshold(Percent.getDefaultInstance());
        return policy.zone()
                ? common
                : common.setZoneAwareLbConfig(
                        ZoneAwareLbConfig.newBuilder().setRoutingEnabled(Percent.getDefaultInstance()));
    }

    private static LbPolicy balancing(Balancer balancer) {
        return switch (balancer.kind()) {
            case LEAST_REQUEST -> LbPolicy.LEAST_REQUEST;
            case ROUND_ROBIN -> LbPolicy.ROUND_ROBIN;
            case RING_HASH -> LbPolicy.RING_HASH;
        };
    }

    /** A cluster that serves by the first of others that has a usable endpoint. */
    static Cluster chain(String name, List<String> clusters, Policy policy, Dialect dialect) {
        Cluster.Builder chain = Cluster.newBuilder()
                .setName(name)
                .setConnectTimeout(Durations.of(CONNECT))
                .setClusterType(CustomClusterType.newBuilder()
                        .setName("envoy.clusters.aggregate")
                        .setTypedConfig(Any.pack(ClusterConfig.newBuilder()
                                .addAllClusters(clusters)
                                .build())));
        if (dialect == Dialect.GRPC) {
            return chain.setLbPolicy(LbPolicy.ROUND_ROBIN).build();
        }
        ClusterPolicy.breakers(chain, policy);
        return chain.setLbPolicy(LbPolicy.CLUSTER_PROVIDED)
                .setCommonLbConfig(CommonLbConfig.newBuilder().setHealthyPanicThreshold(Percent.getDefaultInstance()))
                .build();
    }
}
