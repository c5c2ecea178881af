package io.laneway.xds.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.xds.resource.ResourceType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that do not what they should, in both variants of the protocol. */
class HubTest {

    private final Map<String, Follower> followers = new HashMap<>();
    private final Hub hub = new Hub(Runnable::run, 0, new Hub.NodeListener() {
        @Override
        public void follows(Follower follower) {
            followers.put(follower.id(), follower);
        }

        @Override
        public void left(String id) {
            followers.remove(id);
        }
    });
    private final Kept<DeltaDiscoveryResponse> delta = new Kept<>();
    private final Kept<DiscoveryResponse> world = new Kept<>();
    private final Stream<DeltaDiscoveryRequest> deltas = hub.open(Variant.INCREMENTAL, delta, "test");
    private final Stream<DiscoveryRequest> worlds = hub.open(Variant.STATE_OF_THE_WORLD, world, "test");
    private long revision;

    @BeforeEach
    void start() {
        table("order", "billing");
    }

    private void table(String... services) {
        revision++;
        int port = 9000 + (int) revision;
        List<Service> all = List.of(services).stream()
                .map(name -> new Service(
                        new ServiceId(name, null),
                        List.of(),
                        null,
                        List.of(Deployment.of("master", Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:" + port)))),
                        Policy.DEFAULT))
                .toList();
        hub.table(new LaneTable(revision, "master", Carriers.DEFAULT, List.of(), all, List.of(), List.of()));
    }

    private static Node node(String id) {
        return Node.newBuilder().setId(id).setUserAgentName("envoy").build();
    }

    private static DeltaDiscoveryRequest.Builder ask(ResourceType type, String... names) {
        return DeltaDiscoveryRequest.newBuilder()
                .setNode(node("delta"))
                .setTypeUrl(type.url())
                .addAllResourceNamesSubscribe(List.of(names));
    }

    private static DiscoveryRequest.Builder want(ResourceType type, String... names) {
        return DiscoveryRequest.newBuilder()
                .setNode(node("world"))
                .setTypeUrl(type.url())
                .addAllResourceNames(List.of(names));
    }

    private void ackDelta() {
        deltas.request(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(delta.last().getTypeUrl())
                .setResponseNonce(delta.last().getNonce())
                .build());
    }

    private void ackWorld(String... names) {
        worlds.request(DiscoveryRequest.newBuilder()
                .setTypeUrl(world.last().getTypeUrl())
                .setResponseNonce(world.last().getNonce())
                .setVersionInfo(world.last().getVersionInfo())
                .addAllResourceNames(List.of(names))
                .build());
    }

    @Test
    void whoNeverAnswersIsSentOneResponseOfAType() {
        deltas.request(ask(ResourceType.ENDPOINTS, "order/master").build());
        worlds.request(want(ResourceType.ENDPOINTS, "order/master").build());
        for (int i = 0; i < 50; i++) {
            table("order", "billing");
        }
        assertThat(delta.count()).isEqualTo(1);
        assertThat(world.count()).isEqualTo(1);
        assertThat(followers.get("delta").revision()).isZero();
        assertThat(followers.get("world").revision()).isZero();

        ackDelta();
        ackWorld("order/master");
        assertThat(delta.last().getSystemVersionInfo()).isEqualTo("51");
        assertThat(world.last().getVersionInfo()).isEqualTo("51");
        assertThat(delta.count()).isEqualTo(2);
    }

    @Test
    void whoRefusesEverythingIsSentEachChangeOnce() {
        deltas.request(ask(ResourceType.ENDPOINTS, "order/master").build());
        worlds.request(want(ResourceType.ENDPOINTS, "order/master").build());
        for (int i = 1; i <= 20; i++) {
            assertThat(delta.count()).isEqualTo(i);
            assertThat(world.count()).isEqualTo(i);
            Status why = Status.newBuilder().setCode(3).setMessage("no " + i).build();
            deltas.request(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(ResourceType.ENDPOINTS.url())
                    .setResponseNonce(delta.last().getNonce())
                    .setErrorDetail(why)
                    .build());
            worlds.request(want(ResourceType.ENDPOINTS, "order/master")
                    .setResponseNonce(world.last().getNonce())
                    .setErrorDetail(why)
                    .build());
            assertThat(delta.count()).isEqualTo(i);
            assertThat(world.count()).isEqualTo(i);
            assertThat(followers.get("delta").rejected()).isEqualTo("no " + i);
            table("order", "billing");
        }
        assertThat(hub.counts().refusing()).isEqualTo(2);
        assertThat(hub.refusals().counts())
                .containsEntry(new Refusals.Source("delta", ResourceType.ENDPOINTS), 20L)
                .containsEntry(new Refusals.Source("world", ResourceType.ENDPOINTS), 20L);
    }

    @Test
    void thousandsOfNamesThatDoNotExistAreSaidToBeAbsent() {
        String[] names = IntStream.range(0, 20_000).mapToObj(i -> "none/" + i).toArray(String[]::new);
        deltas.request(ask(ResourceType.ENDPOINTS, names).build());
        assertThat(delta.last().getRemovedResourcesList()).hasSize(names.length);
        assertThat(delta.last().getResourcesList()).isEmpty();

        worlds.request(want(ResourceType.ENDPOINTS, names).build());
        assertThat(world.count()).isZero();
        worlds.request(want(ResourceType.ENDPOINTS, "none/1", "order/master").build());
        assertThat(world.last().getResourcesList()).hasSize(1);
    }

    @Test
    void namesWithoutEndEndTheStream() {
        for (int i = 0; i < 6 && delta.refusal().isEmpty(); i++) {
            int from = i * 100_000;
            deltas.request(ask(
                            ResourceType.ENDPOINTS,
                            IntStream.range(from, from + 100_000)
                                    .mapToObj(name -> "none/" + name)
                                    .toArray(String[]::new))
                    .build());
        }
        assertThat(delta.refusal()).contains("resource names: more than 500000");
    }

    @Test
    void aNodeThatSaysNothingOfItselfIsASidecarAndOneWithoutIdIsRefused() {
        deltas.request(ask(ResourceType.LISTENER).build());
        assertThat(delta.last().getResourcesList())
                .extracting(Resource::getName)
                .containsExactly("laneway");

        worlds.request(want(ResourceType.LISTENER).clearNode().build());
        assertThat(world.refusal()).contains("node.id: ''");
        Kept<DeltaDiscoveryResponse> wrong = new Kept<>();
        Struct role = Struct.newBuilder()
                .putFields("role", Value.newBuilder().setStringValue("egde").build())
                .build();
        hub.open(Variant.INCREMENTAL, wrong, "test")
                .request(ask(ResourceType.LISTENER)
                        .setNode(node("wrong").toBuilder()
                                .setMetadata(Struct.newBuilder()
                                        .putFields(
                                                "laneway",
                                                Value.newBuilder()
                                                        .setStructValue(role)
                                                        .build())))
                        .build());
        assertThat(wrong.refusal()).isEqualTo("node.metadata.laneway.role: 'egde' (expected: edge or sidecar)");
    }

    @Test
    void aGatewayOfIstioIsAnEdge() throws Exception {
        String id = "router~10.0.0.7~istio-ingressgateway-1.istio-system~istio-system.svc.cluster.local";
        worlds.request(want(ResourceType.LISTENER).setNode(node(id)).build());

        assertThat(world.last()
                        .getResources(0)
                        .unpack(io.envoyproxy.envoy.config.listener.v3.Listener.class)
                        .getAddress()
                        .getSocketAddress()
                        .getPortValue())
                .isEqualTo(8080);
    }

    @Test
    void twoClientsWithOneIdAreAsFarAsTheSlower() {
        Kept<DeltaDiscoveryResponse> other = new Kept<>();
        Stream<DeltaDiscoveryRequest> others = hub.open(Variant.INCREMENTAL, other, "test");
        deltas.request(ask(ResourceType.CLUSTER).build());
        others.request(ask(ResourceType.CLUSTER).build());
        ackDelta();
        assertThat(followers.get("delta").revision()).isZero();

        assertThat(hub.views()).as("for equal traits").isEqualTo(1);
        others.closed();
        assertThat(followers.get("delta").revision()).isEqualTo(1);
        assertThat(hub.views()).isEqualTo(1);
        deltas.closed();
        assertThat(hub.views()).isZero();
        assertThat(followers).isEmpty();
        assertThat(hub.counts().streams()).isZero();
    }

    @Test
    void aTableThatShrinksToNothingTakesEverythingAway() {
        deltas.request(ask(ResourceType.CLUSTER).build());
        ackDelta();
        deltas.request(ask(ResourceType.ROUTES, "laneway").build());
        ackDelta();
        worlds.request(want(ResourceType.CLUSTER).build());
        assertThat(world.last().getResourcesList()).hasSize(2);
        ackWorld();

        table(new String[0]);
        assertThat(delta.last().getTypeUrl()).isEqualTo(ResourceType.ROUTES.url());
        ackDelta();
        hub.sweep();
        assertThat(delta.last().getRemovedResourcesList()).containsExactlyInAnyOrder("order/master", "billing/master");
        assertThat(world.last().getResourcesList()).isEmpty();
        ackDelta();
        ackWorld();
        assertThat(followers.get("delta").revision()).isEqualTo(revision);
        assertThat(followers.get("world").revision()).isEqualTo(revision);
    }

    @Test
    void aStreamThatEndedIsSentNothing() {
        deltas.request(ask(ResourceType.CLUSTER).build());
        deltas.closed();
        deltas.request(ask(ResourceType.ROUTES, "laneway").build());
        table("order");
        assertThat(delta.count()).isEqualTo(1);
        assertThat(followers).isEmpty();
    }

    @Test
    void anAnswerToNothingAndOneToAnOldResponseChangeNothing() {
        worlds.request(want(ResourceType.CLUSTER).build());
        int sent = world.count();
        worlds.request(want(ResourceType.CLUSTER, "order/master")
                .setResponseNonce("77")
                .build());
        assertThat(world.count()).isEqualTo(sent);
        ackWorld();
        table("order", "billing", "third");
        assertThat(world.last().getResourcesList()).hasSize(3);
    }
}
