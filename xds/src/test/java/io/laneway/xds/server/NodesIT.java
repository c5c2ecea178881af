package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Metadata;
import io.grpc.Status;
import io.laneway.xds.resource.ResourceType;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes of xDS as the control API sees them: what they take up, what they refuse, who is let in. */
class NodesIT {

    @TempDir
    private Path directory;

    private Control control;
    private DeltaNode envoy;

    @BeforeEach
    void start() throws Exception {
        control = Control.start(directory);
        control.put("/v1/services/order", "{\"name\": \"order\"}");
        control.put("/v1/services/billing", "{\"name\": \"billing\"}");
        control.deploy("master", "127.0.0.1:9001", true);
        control.put("/v1/lanes/f-1", "{\"name\": \"f-1\"}");
        control.deploy("f-1", "127.0.0.1:9002", true);
        envoy = new DeltaNode("envoy-1", control.xdsPort(), new Metadata(), List.of());
    }

    @AfterEach
    void stop() {
        envoy.close();
        control.close();
    }

    @Test
    void aChangedEndpointIsOneResource() throws Exception {
        envoy.subscribe(ResourceType.CLUSTER);
        assertThat(names(envoy.taken())).containsExactlyInAnyOrder("order/master", "order/f-1", "order/f-1/master");
        envoy.subscribe(ResourceType.ENDPOINTS, "order/master", "order/f-1");
        assertThat(names(envoy.taken())).containsExactlyInAnyOrder("order/master", "order/f-1");
        envoy.subscribe(ResourceType.LISTENER);
        assertThat(names(envoy.taken())).containsExactly("laneway");
        envoy.subscribe(ResourceType.ROUTES, "laneway");
        assertThat(names(envoy.taken())).containsExactly("laneway");

        control.put(
                "/v1/services/order/deployments/f-1",
                "{\"protocol\": \"h2c\", \"endpoints\": [\"127.0.0.1:9002\", \"127.0.0.1:9003\"]}");
        DeltaDiscoveryResponse response = envoy.taken();
        assertThat(response.getTypeUrl()).isEqualTo(ResourceType.ENDPOINTS.url());
        assertThat(names(response)).containsExactly("order/f-1");

        control.deploy("f-1", "127.0.0.1:9003", false);
        assertThat(names(envoy.taken())).containsExactly("order/f-1");
    }

    @Test
    void whatANodeRefusesIsShownAndWaitedFor() throws Exception {
        envoy.subscribe(ResourceType.CLUSTER);
        envoy.taken();
        await().untilAsserted(() -> assertThat(control.get("/v1/gateways"))
                .contains("\"xds:envoy-1\"", "\"kind\":\"xds\"", "\"state\":\"following\"", "\"lag\":0"));

        HttpResponse<String> before = control.put(
                "/v1/services/billing/deployments/master?wait=applied&timeout=100ms",
                "{\"endpoints\": [\"127.0.0.1:9009\"]}");
        assertThat(before.statusCode()).isEqualTo(202);
        assertThat(before.body()).contains("xds:envoy-1");
        envoy.refused("no such protocol");

        await().untilAsserted(() -> assertThat(control.get("/v1/gateways"))
                .contains("\"state\":\"rejected\"", "no such protocol", "\"lag\":1"));
        assertThat(control.get("/v1/lint")).contains("xds-nack", "xds:envoy-1", "no such protocol");
        assertThat(control.get("/metrics"))
                .contains(
                        "laneway_control_xds_refusing 1",
                        "laneway_control_xds_nacks_total{node=\"envoy-1\",type=\"cluster\"} 1",
                        "laneway_control_xds_responses_total{type=\"cluster\"} 2",
                        "laneway_control_xds_push_seconds_count 1");

        control.put(
                "/v1/services/billing/deployments/master",
                "{\"protocol\": \"h2c\", \"endpoints\": [\"127.0.0.1:9009\"]}");
        envoy.taken();
        await().untilAsserted(() -> assertThat(control.get("/v1/gateways"))
                .contains("\"state\":\"following\"", "\"lag\":0")
                .doesNotContain("no such protocol"));
        assertThat(control.get("/v1/lint")).doesNotContain("xds-nack");
    }

    @Test
    void whatXdsCannotSayIsAFindingOfItsService() throws Exception {
        control.put(
                "/v1/services/order",
                "{\"name\": \"order\", \"policy\": {\"rate\": {\"requests\": 5, \"per\": \"1s\", \"key\":"
                        + " \"lane\"}}}");

        await().untilAsserted(() ->
                assertThat(control.get("/v1/lint")).contains("xds-refused", "service order", "policy.rate"));
        envoy.subscribe(ResourceType.ROUTES, "laneway");
        assertThat(envoy.taken().getResources(0).getResource().getValue().toStringUtf8())
                .contains("service order is not served to this client of xDS")
                .doesNotContain("order/master");
    }

    @Test
    void aNodeGetsTheServicesThatItNames() throws Exception {
        control.put("/v1/services/billing/deployments/master", "{\"endpoints\": [\"127.0.0.1:9009\"]}");
        try (DeltaNode sidecar = new DeltaNode("envoy-2", control.xdsPort(), new Metadata(), List.of("billing"))) {
            sidecar.subscribe(ResourceType.CLUSTER);
            assertThat(names(sidecar.taken())).containsExactly("billing/master");
        }
    }

    @Test
    void withATokenOnlyGatewaysAreLetIn() throws Exception {
        control.closeToStrangers();
        String token = control.token("{\"subject\": \"envoys\", \"role\": \"gateway\", \"gateways\": \"envoy-*\"}");
        envoy.subscribe(ResourceType.CLUSTER);
        assertThat(Status.fromThrowable(envoy.error()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);

        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        try (DeltaNode mine = new DeltaNode("envoy-3", control.xdsPort(), headers, List.of());
                DeltaNode other = new DeltaNode("other", control.xdsPort(), headers, List.of())) {
            mine.subscribe(ResourceType.CLUSTER);
            assertThat(names(mine.taken())).contains("order/master");
            other.subscribe(ResourceType.CLUSTER);
            assertThat(Status.fromThrowable(other.error()).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        }
    }

    private static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }
}
