package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Metadata;
import io.grpc.Status;
import io.laneway.router.source.TableServer.Follower;
import io.laneway.router.source.TableServer.Listen;
import io.laneway.xds.resource.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that come and go while the table changes, and such as send what no client should. */
class RestlessClientsIT {

    private static final int TIMES = 60;

    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final XdsServer server = new XdsServer(0);
    private final Fleet fleet = new Fleet(50, 10);
    private int port;

    @BeforeEach
    void start() {
        server.table(fleet.table());
        port = server.start(new Listen("127.0.0.1", null), new Everyone(followers));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private DeltaNode node(String id) {
        return new DeltaNode(id, port, new Metadata(), List.of("s0"));
    }

    @Test
    void clientsThatBreakOffInTheMiddleLeaveNothingBehindAndOthersAreServed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Thread changes = new Thread(() -> {
            for (int i = 0; !over.get(); i++) {
                server.table(i % 3 == 0 ? fleet.lane(0, "new") : fleet.otherEndpoint(0));
            }
        });
        changes.start();
        try (DeltaNode steady = node("steady")) {
            steady.subscribe(ResourceType.ENDPOINTS, "s0/master");
            for (int i = 0; i < TIMES; i++) {
                try (DeltaNode restless = node("restless-" + i % 3)) {
                    restless.subscribe(ResourceType.CLUSTER);
                    restless.subscribe(ResourceType.ROUTES, "laneway");
                    if (i % 2 == 0) {
                        restless.taken();
                    }
                }
                steady.taken();
            }
            over.set(true);
            changes.join();
            await().until(() -> {
                steady.takeAll();
                Follower follower = followers.get("steady");
                return follower.revision() == fleet.table().revision();
            });
        } finally {
            over.set(true);
            changes.join();
        }
        await().untilAsserted(() -> assertThat(followers).isEmpty());
        await().untilAsserted(() -> assertThat(server.measures())
                .filteredOn(measure ->
                        measure.name().endsWith("_streams") || measure.name().endsWith("_nodes"))
                .allSatisfy(measure -> assertThat(measure.value()).isZero()));
    }

    @Test
    void headersThatAreTooLargeAreRefusedAndOthersAreServed() throws Exception {
        Metadata headers = new Metadata();
        headers.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + "x".repeat(1 << 20));
        try (DeltaNode huge = new DeltaNode("huge", port, headers, List.of());
                DeltaNode other = node("other")) {
            huge.subscribe(ResourceType.CLUSTER);
            assertThat(Status.fromThrowable(huge.error()).getCode()).isNotEqualTo(Status.Code.OK);
            other.subscribe(ResourceType.LISTENER);
            assertThat(other.taken().getResourcesList())
                    .extracting(Resource::getName)
                    .containsExactly("laneway");
        }
        assertThat(followers).doesNotContainKey("huge");
    }
}
