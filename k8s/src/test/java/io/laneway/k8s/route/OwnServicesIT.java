package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Gateways that have addresses of their own, by Services that lead to ports which are theirs alone. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class OwnServicesIT {

    private static final String API = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: ";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final FakeEditor editor = new FakeEditor();
    private final EdgeRoutes routes = new EdgeRoutes(
            client, editor, "*", DiscoveryRules.DEFAULT, () -> HostOwners.NONE, new NotedFindings(), Clock.systemUTC());

    @BeforeEach
    void start() {
        cluster.client().resource(service("order", null, "http").build()).create();
        cluster.client().resource(service("pay", null, "http").build()).create();
        cluster.client()
                .resource(service("edge", null, "http")
                        .editMetadata()
                        .withNamespace("laneway")
                        .withLabels(Map.of("app", "laneway-gateway", "laneway.io/role", "edge"))
                        .withAnnotations(Map.of(
                                "laneway.io/gateway-ports",
                                "20000-20002",
                                "laneway.io/gateway-tls-ports",
                                "21000-21000"))
                        .endMetadata()
                        .editSpec()
                        .withSelector(Map.of("app", "laneway-gateway"))
                        .withClusterIP("10.96.0.1")
                        .endSpec()
                        .build())
                .create();
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "GatewayClass, metadata: {name: laneway}, spec: {controllerName:"
                                + " laneway.io/gateway-controller}}",
                        GatewayClass.class))
                .create();
        routes.start();
    }

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void equalListenersOfTwoGatewaysAreApart() {
        gateway("one", "{name: http, port: 80, protocol: HTTP}");
        gateway("two", "{name: http, port: 80, protocol: HTTP}");
        http("both", "one}, {name: two", "/shared", "order");
        http("a", "one", "/", "order");
        http("b", "two", "/", "pay");

        await().until(() -> own().size() == 2);
        await().untilAsserted(() -> assertThat(editor.current().routes())
                .extracting(one ->
                        one.path() + " " + one.service() + " " + one.match().ports())
                .containsExactly(
                        "/ order.shop [" + target("one", 80) + "]",
                        "/ pay.shop [" + target("two", 80) + "]",
                        "/shared order.shop []"));
        assertThat(List.of(target("one", 80), target("two", 80))).containsExactlyInAnyOrder(20000, 20001);
        assertThat(own()).allSatisfy(one -> {
            assertThat(one.getMetadata().getNamespace()).isEqualTo("laneway");
            assertThat(one.getSpec().getSelector()).isEqualTo(Map.of("app", "laneway-gateway"));
            assertThat(one.getMetadata().getAnnotations()).containsEntry("laneway.io/ignore", "true");
        });
    }

    @Test
    void aGatewayHasTheAddressesOfItsOwnServiceAlone() {
        gateway(
                "one",
                "{name: http, port: 80, protocol: HTTP}], infrastructure: {labels: {team: a, app: laneway-gateway,"
                        + " laneway.io/role: edge}, annotations: {x: y}}, addresses: [");
        await().until(() -> own().size() == 1);
        Service own = own().get(0);
        assertThat(own.getMetadata().getLabels())
                .containsEntry("team", "a")
                .containsEntry("gateway.networking.k8s.io/gateway-name", "one")
                .doesNotContainKeys("app", "laneway.io/role");
        assertThat(own.getMetadata().getAnnotations()).containsEntry("x", "y");

        // As the API server does where there is room for it.
        Edits.edit(cluster.client().resource(own), one -> {
            one.getSpec().setClusterIP("10.96.0.9");
            return one;
        });
        gateway("two", "{name: http, port: 80, protocol: HTTP}");
        await().until(() -> gateway("one").getStatus().getAddresses().size() == 1);
        assertThat(gateway("one").getStatus().getAddresses().get(0).getValue()).isEqualTo("10.96.0.9");
    }

    @Test
    void aLoadBalancerIsAskedForTheAddressThatTheGatewayAsksFor() {
        Edits.edit(cluster.client().services().inNamespace("laneway").withName("edge"), one -> {
            one.getSpec().setType("LoadBalancer");
            return one;
        });
        gateway("one", "{name: http, port: 80, protocol: HTTP}], addresses: [{type: IPAddress, value: 192.0.2.7}");
        await().until(() -> programmed("one").equals("False AddressNotUsable"));
        Service own = own().get(0);
        assertThat(own.getSpec().getLoadBalancerIP()).isEqualTo("192.0.2.7");

        Edits.edit(cluster.client().resources(Gateway.class).inNamespace("shop").withName("one"), one -> {
            one.getSpec().getAddresses().get(0).setValue("192.0.2.8");
            return one;
        });
        await().until(() -> "192.0.2.8".equals(own().get(0).getSpec().getLoadBalancerIP()));
        // As the load balancer's controller does, if the address is one of its own.
        Edits.edit(
                cluster.client()
                        .services()
                        .inNamespace("laneway")
                        .withName(own.getMetadata().getName()),
                one -> new ServiceBuilder(one)
                        .withNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp("192.0.2.8")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build());
        await().until(() -> programmed("one").equals("True Programmed"));
        assertThat(gateway("one").getStatus().getAddresses())
                .extracting("value")
                .containsExactly("192.0.2.8");

        Edits.edit(cluster.client().resources(Gateway.class).inNamespace("shop").withName("one"), one -> {
            one.getSpec().setAddresses(List.of());
            one.getSpec().getListeners().get(0).setPort(81);
            return one;
        });
        await().until(() -> own().get(0).getSpec().getPorts().get(0).getPort() == 81);
        assertThat(own().get(0).getSpec().getLoadBalancerIP()).isEqualTo("192.0.2.8");
    }

    private String programmed(String gateway) {
        Gateway found = gateway(gateway);
        return found.getStatus() == null
                ? ""
                : found.getStatus().getConditions().stream()
                        .filter(one -> one.getType().equals("Programmed"))
                        .map(one -> one.getStatus() + " " + one.getReason())
                        .findFirst()
                        .orElse("");
    }

    @Test
    void portsFollowTheListenersAndWhatIsLeftOverGoes() {
        gateway(
                "one",
                "{name: http, port: 80, protocol: HTTP}, {name: tls, port: 443, protocol: TLS, tls: {mode:"
                        + " Passthrough}}");
        await().until(() ->
                own().size() == 1 && own().get(0).getSpec().getPorts().size() == 2);
        assertThat(target("one", 443)).isEqualTo(21000);
        gateway("two", "{name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}");
        await().until(() -> said("two", "Programmed").startsWith("False NoResources"));
        assertThat(said("two", "Programmed"))
                .contains("laneway.io/gateway-tls-ports of Service laneway/edge")
                .contains("port 443");

        Edits.edit(cluster.client().resources(Gateway.class).inNamespace("shop").withName("one"), one -> {
            one.getSpec().getListeners().remove(1);
            return one;
        });
        await().until(() -> own("two") != null);
        assertThat(own("one").getSpec().getPorts()).hasSize(1);

        cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("two")
                .delete();
        await().until(() -> own("two") == null);
        assertThat(own("one")).isNotNull();
    }

    private List<Service> own() {
        return cluster.client()
                .services()
                .inNamespace("laneway")
                .withLabel("laneway.io/of-gateway")
                .list()
                .getItems();
    }

    private Service own(String gateway) {
        return own().stream()
                .filter(one -> one.getMetadata()
                        .getAnnotations()
                        .get("laneway.io/gateway-key")
                        .equals("shop/" + gateway))
                .findFirst()
                .orElse(null);
    }

    private int target(String gateway, int port) {
        return own(gateway).getSpec().getPorts().stream()
                .filter(one -> one.getPort() == port)
                .findFirst()
                .orElseThrow()
                .getTargetPort()
                .getIntVal();
    }

    private void gateway(String name, String listeners) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "Gateway, metadata: {name: " + name
                                + ", namespace: shop}, spec: {gatewayClassName: laneway, listeners: [" + listeners
                                + "]}}",
                        Gateway.class))
                .create();
    }

    private Gateway gateway(String name) {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private String said(String name, String type) {
        return gateway(name).getStatus().getConditions().stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason() + " " + one.getMessage())
                .findFirst()
                .orElse("");
    }

    private void http(String name, String parents, String path, String service) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "HTTPRoute, metadata: {name: " + name + ", namespace: shop}, spec: {parentRefs: [{name: "
                                + parents + "}], rules: [{matches: [{path: {type: PathPrefix, value: " + path
                                + "}}], backendRefs: [{name: " + service + ", port: 80}]}]}}",
                        HTTPRoute.class))
                .create();
    }
}
