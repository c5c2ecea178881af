package io.laneway.xds.resource;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.laneway.router.model.service.Endpoint;
import io.laneway.xds.words.Substitution;
import java.util.List;
import java.util.TreeMap;

/** The usable endpoints of a deployment as a load assignment, zones as localities. Stateless. */
final class Assignments {

    /**
     * One usable endpoint keeps all requests of its lane: with Envoy's 140 % a lane half of whose endpoints are ejected would
     * lose requests to the next cluster of its aggregate, and a tester would not see the bug under test.
     */
    private static final int OVERPROVISIONING = 1_000_000;

    /** Endpoints that are balanced together. gRPC's round robin knows weights of localities alone, so each weight is one. */
    private record Group(String zone, int weight) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            int byZone = zone.compareTo(other.zone);
            return byZone != 0 ? byZone : Integer.compare(weight, other.weight);
        }
    }

    private Assignments() {}

    static ClusterLoadAssignment of(String cluster, String lane, List<Endpoint> endpoints) {
        TreeMap<Group, LocalityLbEndpoints.Builder> groups = new TreeMap<>();
        boolean weighted =
                endpoints.stream().mapToInt(Endpoint::weight).distinct().count() > 1;
        int divisor = divisor(endpoints);
        Metadata metadata = metadata(lane);
        for (Endpoint endpoint : endpoints) {
            if (endpoint.usable()) {
                int weight = Math.max(1, endpoint.weight() / divisor);
                Group group = new Group(endpoint.zone(), weighted ? weight : 1);
                groups.computeIfAbsent(group, key -> locality(key, weighted))
                        .addLbEndpoints(endpoint(endpoint, weight, metadata));
            }
        }
        ClusterLoadAssignment.Builder assignment = ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .setPolicy(ClusterLoadAssignment.Policy.newBuilder()
                        .setOverprovisioningFactor(UInt32Value.of(OVERPROVISIONING)));
        groups.forEach((group, locality) -> assignment.addEndpoints(
                locality.setLoadBalancingWeight(UInt32Value.of(group.weight() * locality.getLbEndpointsCount()))));
        return assignment.build();
    }

    /** What weights are divided by, so that all together are a number of 31 bits, as clients demand. */
    private static int divisor(List<Endpoint> endpoints) {
        long total = endpoints.stream().mapToLong(Endpoint::weight).sum();
        return (int) (total / (Integer.MAX_VALUE / 2) + 1);
    }

    private static LocalityLbEndpoints.Builder locality(Group group, boolean weighted) {
        Locality.Builder locality = Locality.newBuilder().setZone(group.zone());
        if (weighted) {
            locality.setSubZone("weight-" + group.weight());
        }
        return LocalityLbEndpoints.newBuilder().setLocality(locality);
    }

    private static LbEndpoint endpoint(Endpoint endpoint, int weight, Metadata metadata) {
        return LbEndpoint.newBuilder()
                .setEndpoint(io.envoyproxy.envoy.config.endpoint.v3.Endpoint.newBuilder()
                        .setAddress(Addresses.of(endpoint.address()))
                        .setHostname(Addresses.host(endpoint.address())))
                .setLoadBalancingWeight(UInt32Value.of(weight))
                .setMetadata(metadata)
                .build();
    }

    private static Metadata metadata(String lane) {
        Value value = Value.newBuilder().setStringValue(lane).build();
        return Metadata.newBuilder()
                .putFilterMetadata(
                        Substitution.NAMESPACE,
                        Struct.newBuilder().putFields(Substitution.LANE, value).build())
                .build();
    }
}
