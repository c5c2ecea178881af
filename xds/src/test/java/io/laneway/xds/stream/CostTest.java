package io.laneway.xds.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.ListValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.xds.resource.ResourceType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one change costs, counted: resources that are encoded, looked at, and sent. */
class CostTest {

    private static final int CLIENTS = 200;

    private final Hub hub = new Hub(Runnable::run, 0, new Hub.NodeListener() {
        @Override
        public void follows(Follower follower) {}

        @Override
        public void left(String id) {}
    });
    private final List<Client> clients = new ArrayList<>();
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private long revision;

    /** An Envoy that takes everything up at once. */
    private final class Client implements Outlet<DeltaDiscoveryResponse> {
        private final List<DeltaDiscoveryResponse> got = new ArrayList<>();
        private final Stream<DeltaDiscoveryRequest> stream = hub.open(Variant.INCREMENTAL, this, "test");
        private final Node node;

        Client(String id, List<String> wanted) {
            ListValue.Builder names = ListValue.newBuilder();
            wanted.forEach(name -> names.addValues(Value.newBuilder().setStringValue(name)));
            Struct laneway = Struct.newBuilder()
                    .putFields(
                            "services", Value.newBuilder().setListValue(names).build())
                    .build();
            node = Node.newBuilder()
                    .setId(id)
                    .setMetadata(Struct.newBuilder()
                            .putFields(
                                    "laneway",
                                    Value.newBuilder().setStructValue(laneway).build()))
                    .build();
            subscribe(ResourceType.CLUSTER);
            subscribe(ResourceType.ENDPOINTS, "*");
            subscribe(ResourceType.LISTENER);
            subscribe(ResourceType.ROUTES, "laneway");
            got.clear();
        }

        private void subscribe(ResourceType type, String... names) {
            stream.request(DeltaDiscoveryRequest.newBuilder()
                    .setNode(node)
                    .setTypeUrl(type.url())
                    .addAllResourceNamesSubscribe(List.of(names))
                    .build());
        }

        @Override
        public void send(DeltaDiscoveryResponse response) {
            got.add(response);
            stream.request(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
        }

        @Override
        public void refuse(String why) {
            throw new AssertionError(why);
        }
    }

    private void table(int laneCount, int serviceCount) {
        for (int i = 0; i < serviceCount; i++) {
            services.add(service("s" + i, List.of(deployment("master", 1))));
        }
        for (int i = 0; i < laneCount; i++) {
            lane("f-" + i, i % serviceCount);
        }
        publish();
    }

    private void lane(String name, int service) {
        lanes.add(new Lane(name, null, LaneMode.PERMISSIVE, "", null, false, LaneState.ACTIVE));
        List<Deployment> deployments = new ArrayList<>(services.get(service).deployments());
        deployments.add(deployment(name, 1));
        services.set(service, service("s" + service, deployments));
    }

    private static Deployment deployment(String lane, int port) {
        return Deployment.of(lane, Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:" + port)));
    }

    private static Service service(String name, List<Deployment> deployments) {
        return new Service(new ServiceId(name, null), List.of(), "none", deployments, Policy.DEFAULT);
    }

    private void publish() {
        revision++;
        hub.table(new LaneTable(
                revision, "master", Carriers.DEFAULT, List.copyOf(lanes), List.copyOf(services), List.of(), List.of()));
    }

    /** Contents that were sent, each counted once however many clients have it. */
    private int encoded() {
        Set<Any> bodies = Collections.newSetFromMap(new IdentityHashMap<>());
        clients.forEach(client -> client.got.forEach(
                response -> response.getResourcesList().forEach(each -> bodies.add(each.getResource()))));
        return bodies.size();
    }

    private int responses() {
        return clients.stream().mapToInt(client -> client.got.size()).sum();
    }

    @ParameterizedTest
    @CsvSource({"20, 10", "600, 300"})
    void aChangedEndpointIsEncodedOnceAndOneResourceIsLookedAtForEachClient(int laneCount, int serviceCount) {
        table(laneCount, serviceCount);
        connect();
        long looked = hub.looked();

        services.set(0, service("s0", moved(services.get(0).deployments())));
        publish();

        assertThat(responses()).isEqualTo(CLIENTS);
        assertThat(encoded()).isEqualTo(1);
        assertThat(hub.looked() - looked).isEqualTo(CLIENTS);
    }

    private static List<Deployment> moved(List<Deployment> deployments) {
        List<Deployment> moved = new ArrayList<>(deployments);
        moved.set(0, deployment("master", 2));
        return moved;
    }

    @ParameterizedTest
    @CsvSource({"20, 10", "600, 300"})
    void aNewLaneIsFourResourcesEncodedOnceForClientsWithEqualTraits(int laneCount, int serviceCount) {
        table(laneCount, serviceCount);
        connect();
        long looked = hub.looked();

        lane("new", 0);
        publish();

        assertThat(responses()).as("clusters, endpoints, routes").isEqualTo(3 * CLIENTS);
        assertThat(encoded())
                .as("its cluster, the one that falls back, its endpoints, the routes")
                .isEqualTo(4);
        assertThat(hub.looked() - looked).isEqualTo(4 * CLIENTS);
    }

    @Test
    void clientsOfOtherServicesAreSentNothing() {
        table(20, 10);
        IntStream.range(0, CLIENTS).forEach(i -> clients.add(new Client("n-" + i, List.of("s1"))));
        long looked = hub.looked();

        lane("new", 0);
        publish();

        assertThat(encoded()).isZero();
        assertThat(hub.looked() - looked).isLessThanOrEqualTo(4 * CLIENTS);
    }

    private void connect() {
        IntStream.range(0, CLIENTS).forEach(i -> clients.add(new Client("n-" + i, List.of("s0", "s1"))));
    }
}
