package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.extensions.clusters.aggregate.v3.ClusterConfig;

/** What a client of xDS makes of clusters, slowly: an aggregate one serves by the first that has an endpoint. */
final class Upstreams {

    private final View view;

    Upstreams(View view) {
        this.view = view;
    }

    /** The lane that an endpoint of the cluster names in its metadata, or {@code -}. */
    String lane(String name) throws Exception {
        Resource resource = view.get(ResourceType.CLUSTER, name);
        if (resource == null) {
            throw new AssertionError("no cluster " + name);
        }
        Cluster cluster = resource.body().unpack(Cluster.class);
        if (cluster.hasClusterType()) {
            for (String each : cluster.getClusterType()
                    .getTypedConfig()
                    .unpack(ClusterConfig.class)
                    .getClustersList()) {
                String lane = lane(each);
                if (!lane.equals("-")) {
                    return lane;
                }
            }
            return "-";
        }
        if (cluster.hasLoadAssignment()) {
            return lane(cluster.getLoadAssignment());
        }
        Resource endpoints = view.get(ResourceType.ENDPOINTS, name);
        if (endpoints == null) {
            throw new AssertionError("no endpoints of " + name);
        }
        return lane(endpoints.body().unpack(ClusterLoadAssignment.class));
    }

    private static String lane(ClusterLoadAssignment assignment) {
        for (LocalityLbEndpoints locality : assignment.getEndpointsList()) {
            for (LbEndpoint endpoint : locality.getLbEndpointsList()) {
                return endpoint.getMetadata()
                        .getFilterMetadataOrThrow("laneway")
                        .getFieldsOrThrow("lane")
                        .getStringValue();
            }
        }
        return "-";
    }
}
