package io.laneway.k8s.discovery;

import static io.laneway.k8s.testkit.Made.endpoint;
import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.pointing.OwnBackends;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceReaderTest {

    private final ServiceReader reader = new ServiceReader(DiscoveryRules.DEFAULT);
    private final Service order =
            service("order", "f-1", "http-9000", "grpc-9001").build();

    @Test
    void givesEachPortTheEndpointsOfItsTargetPort() {
        EndpointSlice slice = slice(order, "10.0.0.2", "10.0.0.1").build();
        slice.getPorts().get(0).setPort(8080);

        assertThat(addresses(order, slice)).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
        assertThat(reader.read(order, List.of(slice)).ports())
                .extracting(Port::number)
                .containsExactly(9000, 9001);
    }

    @ParameterizedTest
    @CsvSource({
        // ready, serving, terminating -> ready, draining
        "true, true, false, true, false", "false, false, false, false, false", "false, true, false, false, false",
        "false, true, true, true, true", "false, false, true, false, true", "true, true, true, true, true",
    })
    void honoursReadyServingAndTerminating(
            boolean ready, boolean serving, boolean terminating, boolean isReady, boolean isDraining) {
        EndpointSlice slice = slice(order)
                .withEndpoints(endpoint("10.0.0.1", ready, serving, terminating).build())
                .build();
        assertThat(endpoints(order, slice)).containsExactly(new Endpoint("10.0.0.1:9000", 1, "a", isReady, isDraining));
    }

    @Test
    void takesConditionsThatAreLeftOutForReady() {
        EndpointSlice slice = slice(order, "10.0.0.1").build();
        slice.getEndpoints().get(0).setConditions(null);
        slice.getEndpoints().get(0).setZone(null);
        assertThat(endpoints(order, slice)).containsExactly(Endpoint.at("10.0.0.1:9000"));
    }

    @Test
    void namesEachPodOnceThoughItStandsInTwoSlices() {
        EndpointSlice old = slice(order)
                .withEndpoints(endpoint("10.0.0.1", false, false, false).build())
                .build();
        assertThat(endpoints(order, old, slice(order, "10.0.0.1").build()))
                .singleElement()
                .matches(Endpoint::usable);
        assertThat(endpoints(order, slice(order, "10.0.0.1").build(), old))
                .singleElement()
                .matches(Endpoint::usable);
    }

    @Test
    void takesTheFirstOfTwoAddressFamilies() {
        Service dual = service("order", "f-1", "http-9000")
                .editSpec()
                .withIpFamilies("IPv6", "IPv4")
                .endSpec()
                .build();
        EndpointSlice six = slice(dual, "fd00::1").withAddressType("IPv6").build();
        assertThat(addresses(dual, slice(dual, "10.0.0.1").build(), six)).containsExactly("[fd00::1]:9000");
        assertThat(addresses(dual, slice(dual, "10.0.0.1").build())).containsExactly("10.0.0.1:9000");
    }

    @Test
    void aProxiedServiceSuppliesNoEndpointsForTheyWouldBeTheGateway() {
        Service proxied = service("order", null, "http-9000")
                .editMetadata()
                .withAnnotations(Map.of(Marks.PROXIED, "true", Marks.HOSTS, "order.example.com, ,o.example.com"))
                .endMetadata()
                .build();
        Service pointed = OwnBackends.of(proxied).pointed(proxied, GatewayPods.DEFAULT);
        Found found = reader.read(pointed, List.of(slice(pointed, "10.0.0.9").build()));
        assertThat(found.ports()).isEmpty();
        assertThat(found.proxied()).isTrue();
        assertThat(found.hosts()).containsExactly("order.example.com", "o.example.com");
    }

    @Test
    void aServiceThatIsOnlyWantedToBeProxiedStillLeadsToItsPods() {
        Service wanted = service("order", null, "http-9000")
                .editMetadata()
                .withAnnotations(Map.of(Marks.PROXIED, "true"))
                .endMetadata()
                .build();
        Found found = reader.read(wanted, List.of(slice(wanted, "10.0.0.1").build()));
        assertThat(found.proxied()).isFalse();
        assertThat(found.ports()).hasSize(1);
    }

    @Test
    void aPointedServiceKeepsTheNameAndLaneOfItsOwnSelector() {
        Service unlabelled = service("order", "master", "http-9000")
                .editMetadata()
                .withLabels(null)
                .endMetadata()
                .build();
        Service pointed = OwnBackends.of(unlabelled).pointed(unlabelled, GatewayPods.DEFAULT);
        assertThat(Identity.of(pointed, DiscoveryRules.DEFAULT))
                .isEqualTo(Identity.of(unlabelled, DiscoveryRules.DEFAULT));
    }

    @Test
    void aPortThatNobodyCanServeIsLeftOutAndSaid() {
        Found found =
                reader.read(service("order", "f-1", "http-9000", "mysql-3306").build(), List.of());
        assertThat(found.ports()).extracting(Port::number).containsExactly(9000);
        assertThat(found.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.UNSERVABLE_PORT);
            assertThat(finding)
                    .hasToString("shop/order-f-1: unservable_port: port 3306 named 'mysql-3306' is not served"
                            + " (expected: TCP, and a name that begins with http, http2, grpc, h2c, https, ws)");
        });
    }

    private List<Endpoint> endpoints(Service service, EndpointSlice... slices) {
        return reader.read(service, List.of(slices)).ports().get(0).endpoints();
    }

    private List<String> addresses(Service service, EndpointSlice... slices) {
        return endpoints(service, slices).stream().map(Endpoint::address).toList();
    }
}
