package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Metadata;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.router.source.TableServer.Listen;
import io.laneway.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** A client whose control API goes away connects to another replica. */
class ReplicasIT {

    private static final Listen LOOPBACK = new Listen("127.0.0.1", null);

    private final Map<String, Follower> followers = new ConcurrentHashMap<>();

    @Test
    void aNodeThatComesFromAnotherReplicaIsSentWhatDiffersAlone() throws Exception {
        Fleet fleet = new Fleet(4, 8);
        Map<String, String> versions = new HashMap<>();
        try (XdsServer one = new XdsServer(0)) {
            one.table(fleet.table());
            int port = one.start(LOOPBACK, new Everyone(followers));
            try (DeltaNode node = new DeltaNode("n", port, new Metadata(), List.of("s0"))) {
                node.subscribe(ResourceType.CLUSTER);
                node.taken().getResourcesList().forEach(each -> versions.put(each.getName(), each.getVersion()));
            }
        }
        assertThat(versions).hasSizeGreaterThan(1);

        try (XdsServer other = new XdsServer(0)) {
            other.table(fleet.table());
            int port = other.start(LOOPBACK, new Everyone(followers));
            try (DeltaNode node = new DeltaNode("n", port, new Metadata(), List.of("s0"))) {
                node.resume(ResourceType.CLUSTER, versions);
                assertThat(node.taken().getResourcesList()).isEmpty();
                await().until(() -> followers.get("n").revision() == 1);

                other.table(fleet.lane(0, "new"));
                DeltaDiscoveryResponse difference = node.taken();
                assertThat(difference.getResourcesList())
                        .extracting(Resource::getName)
                        .containsExactlyInAnyOrder("s0/new", "s0/new/master");
                assertThat(difference.getRemovedResourcesList()).isEmpty();
            }
        }
    }
}
