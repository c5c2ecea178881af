package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.router.model.Route;
import io.laneway.router.model.ServiceId;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatewaysIT {

    private final Cluster cluster = new Cluster();
    private final KubernetesClient client = cluster.open();
    private final FakeEditor editor = new FakeEditor();
    private HostOwners owners = HostOwners.NONE;
    private EdgeRoutes routes;

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                              | False NotAllowedByListeners",
                "{namespaces: {from: Same}}                      | False NotAllowedByListeners",
                "{namespaces: {from: None}}                      | False NotAllowedByListeners",
                "{namespaces: {from: Selector}}                  | False NotAllowedByListeners",
                "{namespaces: {from: Selector, selector: {matchLabels: {team: a}}}} | False NotAllowedByListeners",
                "{namespaces: {from: Selector, selector: {matchLabels: {team: b}}}} | True Accepted",
                "{namespaces: {from: Selector, selector: {matchExpressions: [{key: team, operator: In, values: [a, b]},"
                        + " {key: x, operator: DoesNotExist}]}}} | True Accepted",
                "{namespaces: {from: All}}                       | True Accepted",
                "{namespaces: {from: All}, kinds: [{kind: GRPCRoute}]} | False NotAllowedByListeners"
            })
    void aRouteOfAnotherNamespaceIsTakenAsTheListenerSays(String allowed, String condition) {
        cluster.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("other")
                        .withLabels(Map.of("team", "b"))
                        .endMetadata()
                        .build())
                .create();
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP, allowedRoutes: " + allowed + "}");
        http("other", "r", "shop.example");

        await().until(() -> status("other", "r").startsWith(condition));
        assertThat(editor.current().routes()).hasSize(condition.startsWith("True") ? 1 : 0);
    }

    @Test
    void aRouteHasTheHostsThatAListenerHasToo() {
        start(
                DiscoveryRules.DEFAULT,
                "{name: a, port: 80, protocol: HTTP, hostname: '*.shop.example'}",
                "{name: b, port: 80, protocol: HTTP, hostname: pay.example}",
                "{name: c, port: 70, protocol: TCP, hostname: tcp.example}");
        http("shop", "some", "pay.shop.example", "evil.example");
        http("shop", "wide", "*.example");
        http("shop", "none", "tcp.example");

        await().until(() -> status("shop", "none").startsWith("False NoMatchingListenerHostname"));
        await().until(() -> editor.current().routes().size() == 2);
        assertThat(editor.current().routes())
                .extracting(Route::hosts)
                .containsExactlyInAnyOrder(List.of("pay.shop.example"), List.of("*.shop.example", "pay.example"));
        await().until(() -> gateway().getStatus() != null
                && gateway().getStatus().getListeners().get(0).getAttachedRoutes() == 2);
        assertThat(gateway().getStatus().getListeners())
                .extracting("attachedRoutes")
                .containsExactly(2, 1, 0);
    }

    @Test
    void theGatewayAndItsClassSayThatTheyAreTakenAndWhere() {
        ServiceBuilder edge = service("laneway-gateway-edge", null, "http")
                .editMetadata()
                .withLabels(Map.of("app", "laneway-gateway", "laneway.io/role", "edge"))
                .endMetadata()
                .editSpec()
                .withType("LoadBalancer")
                .endSpec();
        cluster.client().resource(edge.build()).create();
        start(
                DiscoveryRules.DEFAULT,
                "{name: http, port: 80, protocol: HTTP, allowedRoutes: {kinds: [{kind: HTTPRoute}, {kind: TCPRoute}]}}",
                "{name: db, port: 70, protocol: TCP}");

        await().until(() -> condition("Programmed").startsWith("False AddressNotAssigned"));
        assertThat(condition("Accepted")).isEqualTo("True Accepted");
        assertThat(gateway().getStatus().getListeners().get(0).getSupportedKinds())
                .extracting("kind")
                .containsExactly("HTTPRoute");
        assertThat(listener(0))
                .containsExactly("Accepted True", "Conflicted False", "ResolvedRefs False", "Programmed True");
        assertThat(listener(1))
                .containsExactly("Accepted False", "Conflicted False", "ResolvedRefs True", "Programmed False");
        assertThat(gateway().getStatus().getConditions())
                .allMatch(one -> one.getObservedGeneration()
                        .equals(gateway().getMetadata().getGeneration()));
        GatewayClass known = cluster.client()
                .resources(GatewayClass.class)
                .withName("laneway")
                .get();
        assertThat(known.getStatus().getConditions()).singleElement().satisfies(one -> {
            assertThat(one.getType() + one.getStatus()).isEqualTo("AcceptedTrue");
            assertThat(one.getObservedGeneration())
                    .isEqualTo(known.getMetadata().getGeneration());
        });

        cluster.client()
                .resource(edge.editOrNewStatus()
                        .withNewLoadBalancer()
                        .addNewIngress()
                        .withIp("192.0.2.7")
                        .endIngress()
                        .endLoadBalancer()
                        .endStatus()
                        .build())
                .updateStatus();
        http("shop", "r", "shop.example");
        await().until(() -> condition("Programmed").equals("True Programmed"));
        assertThat(gateway().getStatus().getAddresses()).extracting("value").containsExactly("192.0.2.7");
    }

    @Test
    void aGatewayOfAnotherControllerIsLeftAloneAndItsRoutesAreNot() {
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP}");
        http("shop", "r", "shop.example");
        await().until(() -> editor.current().routes().size() == 1);

        Edits.edit(cluster.client().resources(GatewayClass.class).withName("laneway"), one -> {
            one.getSpec().setControllerName("istio.io/gateway-controller");
            return one;
        });
        await().until(() -> editor.current().routes().isEmpty());
        await().until(() -> status("shop", "r").startsWith("False NoMatchingParent"));
    }

    @Test
    void aRouteTakesNoHostThatAnOlderServiceOfAnotherNamespaceHas() {
        owners = new HostOwners(Map.of(
                "order.example",
                new HostClaim("order.example", ServiceId.parse("order.shop"), "shop/order", "2020-01-01T00:00:00Z")));
        start(
                DiscoveryRules.DEFAULT,
                "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}");
        http("other", "exact", "Order.example");
        http("other", "wide", "*.example");
        http("shop", "own", "order.example");

        await().until(() -> status("other", "exact").startsWith("False HostTaken"));
        await().until(() -> status("other", "wide").startsWith("False HostTaken"));
        await().until(() -> status("shop", "own").startsWith("True Accepted"));
        assertThat(editor.current().routes()).hasSize(1);
    }

    @Test
    void aRouteTakesTheHostsThatItsNamespaceMayHave() {
        start(
                DiscoveryRules.DEFAULT.withHosts(new HostRules(Map.of("shop", List.of("*.shop.example")))),
                "{name: http, port: 80, protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}");
        http("other", "evil", "pay.shop.example");
        http("shop", "every");
        http("shop", "own", "pay.shop.example");

        await().until(() -> status("other", "evil").startsWith("False HostNotAllowed"));
        await().until(() -> status("shop", "every").startsWith("False HostNotAllowed"));
        await().until(() -> status("shop", "own").startsWith("True Accepted"));
        assertThat(editor.current().routes()).hasSize(1);
    }

    private void start(DiscoveryRules rules, String... listeners) {
        for (String namespace : List.of("shop", "other")) {
            cluster.client()
                    .resource(service("order", null, "http")
                            .editMetadata()
                            .withNamespace(namespace)
                            .endMetadata()
                            .build())
                    .create();
        }
        GatewayObjects.create(cluster.client(), "shop", String.join(", ", listeners));
        routes = new EdgeRoutes(client, editor, "laneway", rules, () -> owners, Clock.systemUTC());
        routes.start();
    }

    private void http(String namespace, String name, String... hosts) {
        HTTPRoute route = new KubernetesSerialization()
                .unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {namespace: "
                                + namespace
                                + ", name: " + name
                                + "}, spec: {parentRefs: [{name: laneway, namespace: shop}], hostnames: ['"
                                + String.join("', '", hosts)
                                + "'], rules: [{matches: [{path: {type: PathPrefix, value: /"
                                + name + "}}], backendRefs: [{name: order, port: 80}]}]}}",
                        HTTPRoute.class);
        if (hosts.length == 0) {
            route.getSpec().setHostnames(List.of());
        }
        cluster.client().resource(route).create();
    }

    private Gateway gateway() {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("laneway")
                .get();
    }

    private String condition(String type) {
        Gateway gateway = gateway();
        return gateway.getStatus() == null
                ? ""
                : gateway.getStatus().getConditions().stream()
                        .filter(one -> one.getType().equals(type))
                        .map(one -> one.getStatus() + " " + one.getReason())
                        .findFirst()
                        .orElse("");
    }

    private List<String> listener(int index) {
        return gateway().getStatus().getListeners().get(index).getConditions().stream()
                .map(one -> one.getType() + " " + one.getStatus())
                .toList();
    }

    private String status(String namespace, String name) {
        HTTPRoute route = cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace(namespace)
                .withName(name)
                .get();
        if (route.getStatus() == null || route.getStatus().getParents().isEmpty()) {
            return "";
        }
        return route.getStatus().getParents().get(0).getConditions().stream()
                .filter(one -> one.getType().equals("Accepted"))
                .map(Condition.class::cast)
                .map(one -> one.getStatus() + " " + one.getReason() + " " + one.getMessage())
                .findFirst()
                .orElse("");
    }
}
