package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReference;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParentReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.service.ServiceId;
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

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final FakeEditor editor = new FakeEditor();
    private final NotedFindings noted = new NotedFindings();
    private volatile HostOwners owners = HostOwners.NONE;
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
        await().until(() -> gateway().getStatus().getListeners().size() > 1
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
        assertThat(condition("Accepted")).isEqualTo("True ListenersNotValid");
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
        await().untilAsserted(() -> assertThat(noted.all())
                .extracting(Finding::toString)
                .containsExactly(
                        "HTTPRoute other/exact: host_taken: host 'order.example' is already that of Service shop/order,"
                                + " which is older",
                        "HTTPRoute other/wide: host_taken: host '*.example' is already that of Service shop/order,"
                                + " which is older"));
    }

    @Test
    void aServiceThatComesAfterARouteWithItsHostIsSaid() {
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP}");
        http("shop", "exact", "order.example");
        http("shop", "wide", "*.wide.example");
        await().until(() -> status("shop", "wide").startsWith("True Accepted"));
        assertThat(noted.all()).isEmpty();

        owners = new HostOwners(Map.of(
                "order.example", claim("order.example", "other"),
                "pay.wide.example", claim("pay.wide.example", "other"),
                "own.wide.example", claim("own.wide.example", "shop"),
                "free.example", claim("free.example", "other")));
        await().untilAsserted(() -> assertThat(noted.all())
                .extracting(Finding::toString)
                .containsExactly(
                        "other/pay: host_taken: host 'order.example' is already that of HTTPRoute shop/exact, which is"
                                + " older (expected: a host that no other has)",
                        "other/pay: host_taken: host 'pay.wide.example' is already that of HTTPRoute shop/wide, which"
                                + " is older (expected: a host that no other has)"));

        owners = HostOwners.NONE;
        await().until(() -> noted.all().isEmpty());
    }

    @Test
    void aRouteWithoutHostsTakesNoneOfAnOlderServiceOfAnotherNamespace() {
        owners = new HostOwners(Map.of("pay.example", claim("pay.example", "other", "2020-01-01T00:00:00Z")));
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP}");
        http("shop", "every");

        await().until(() -> status("shop", "every").startsWith("False HostTaken"));
        await().untilAsserted(() -> assertThat(noted.all())
                .extracting(Finding::toString)
                .containsExactly("HTTPRoute shop/every: host_taken: host 'pay.example' is already that of Service"
                        + " other/pay, which is older (expected: hostnames: the route has none)"));
        assertThat(editor.current().routes()).isEmpty();

        owners = new HostOwners(Map.of("pay.example", claim("pay.example", "other")));
        await().until(() -> status("shop", "every").startsWith("True Accepted"));
        await().untilAsserted(() ->
                assertThat(noted.all()).extracting(Finding::object).containsExactly("other/pay"));
    }

    private static HostClaim claim(String host, String namespace) {
        return claim(host, namespace, "2099-01-01T00:00:00Z");
    }

    private static HostClaim claim(String host, String namespace, String created) {
        return new HostClaim(host, new ServiceId("pay", namespace), namespace + "/pay", created);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "web   | -  | True Accepted                      | web.example",
                "-     | 70 | True Accepted                      | admin.example",
                "admin | 70 | True Accepted                      | admin.example",
                "web   | 70 | False NoMatchingParent             | -",
                "none  | -  | False NoMatchingParent             | -",
                "-     | 99 | False NoMatchingParent             | -",
                "close | -  | False NotAllowedByListeners        | -"
            })
    void aRouteIsOfTheListenersThatItsParentNames(String section, Integer port, String condition, String host) {
        start(
                DiscoveryRules.DEFAULT,
                "{name: web, port: 80, protocol: HTTP, hostname: web.example}",
                "{name: admin, port: 70, protocol: HTTP, hostname: admin.example}",
                "{name: close, port: 60, protocol: HTTP, allowedRoutes: {namespaces: {from: None}}}");
        HTTPRoute route = route("shop", "r");
        ParentReference parent = route.getSpec().getParentRefs().get(0);
        parent.setSectionName(section);
        parent.setPort(port);
        cluster.client().resource(route).create();

        await().until(() -> status("shop", "r").startsWith(condition));
        assertThat(editor.current().routes())
                .extracting(Route::hosts)
                .isEqualTo(host == null ? List.of() : List.of(List.of(host)));
    }

    @Test
    void aRouteOfSomeListenersComesInAtThePortsToWhichTheEdgesServiceSendsTheirs() {
        cluster.client()
                .resource(service("edge", null, "http-80", "admin-70", "other-60")
                        .editMetadata()
                        .withLabels(Map.of("app", "laneway-gateway", "laneway.io/role", "edge"))
                        .endMetadata()
                        .editSpec()
                        .editMatchingPort(port -> "admin-70".equals(port.getName()))
                        .withTargetPort(new IntOrString(8070))
                        .endPort()
                        .withClusterIP("10.0.0.1")
                        .endSpec()
                        .build())
                .create();
        start(
                DiscoveryRules.DEFAULT,
                "{name: web, port: 80, protocol: HTTP}",
                "{name: admin, port: 70, protocol: HTTP, hostname: admin.example}",
                "{name: bare, port: 50, protocol: HTTP, hostname: bare.example}");
        HTTPRoute route = route("shop", "r", "admin.example", "web.example");
        ParentReference all = route.getSpec().getParentRefs().get(0);
        route.getSpec()
                .setParentRefs(List.of(
                        new ParentReferenceBuilder(all).withSectionName("admin").build(),
                        new ParentReferenceBuilder(all).withPort(50).build()));
        cluster.client().resource(route).create();
        http("shop", "all", "bare.example");

        await().until(() -> editor.current().routes().size() == 2);
        assertThat(editor.current().routes())
                .extracting(one -> one.hosts() + " " + one.match().ports())
                .containsExactlyInAnyOrder("[admin.example] [8070]", "[bare.example] [50, 80]");
    }

    @Test
    void aListenerThatTwoParentsNameHasTheRouteOnce() {
        start(
                DiscoveryRules.DEFAULT,
                "{name: web, port: 80, protocol: HTTP}",
                "{name: admin, port: 70, protocol: HTTP}");
        HTTPRoute route = route("shop", "r", "shop.example");
        ParentReference all = route.getSpec().getParentRefs().get(0);
        route.getSpec()
                .setParentRefs(List.of(
                        all,
                        new ParentReferenceBuilder(all).withSectionName("web").build()));
        cluster.client().resource(route).create();

        await().until(() -> gateway().getStatus().getListeners().size() > 1
                && gateway().getStatus().getListeners().get(1).getAttachedRoutes() == 1);
        assertThat(gateway().getStatus().getListeners())
                .extracting("attachedRoutes")
                .containsExactly(1, 1);
    }

    @Test
    void aGatewayOfOurClassWithAnotherNameSaysWhyItIsNotProgrammed() {
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP}");
        named("second", "laneway");
        named("istio", "istio");
        await().until(() -> condition("Programmed").startsWith("True"));
        var second =
                cluster.client().resources(Gateway.class).inNamespace("shop").withName("second");
        await().until(() -> programmed(second.get()).equals("False"));
        assertThat(second.get().getStatus().getConditions())
                .extracting(one -> one.getType() + " " + one.getStatus() + " " + one.getReason())
                .containsExactly("Accepted False Invalid", "Programmed False Invalid");
        assertThat(second.get().getStatus().getConditions())
                .allMatch(one -> one.getMessage()
                        .equals("metadata.name: second (expected: laneway, the Gateway that this control API serves)"));
        assertThat(programmed(cluster.client()
                        .resources(Gateway.class)
                        .inNamespace("shop")
                        .withName("istio")
                        .get()))
                .isEqualTo("Unknown");
    }

    @Test
    void aGatewayThatAnotherControlApiServesIsLeftToIt() {
        start(DiscoveryRules.DEFAULT, "{name: http, port: 80, protocol: HTTP}");
        named("second", "laneway");
        var second =
                cluster.client().resources(Gateway.class).inNamespace("shop").withName("second");
        await().until(() -> programmed(second.get()).equals("False"));
        try (EdgeRoutes other = new EdgeRoutes(
                client, new FakeEditor(), "second", DiscoveryRules.DEFAULT, () -> owners, noted, Clock.systemUTC())) {
            other.start();
            await().until(() -> programmed(second.get()).equals("True"));
            http("shop", "r", "shop.example");
            await().until(() -> status("shop", "r").startsWith("True Accepted"));
            assertThat(programmed(second.get())).isEqualTo("True");
            assertThat(condition("Programmed")).startsWith("True");
        }
    }

    private static String programmed(Gateway gateway) {
        return gateway.getStatus().getConditions().stream()
                .filter(one -> one.getType().equals("Programmed"))
                .map(Condition::getStatus)
                .findFirst()
                .orElse("");
    }

    private void named(String name, String gatewayClass) {
        cluster.client()
                .resource(new KubernetesSerialization()
                        .unmarshal(
                                "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: Gateway, metadata: {name: "
                                        + name + ", namespace: shop}, spec: {gatewayClassName: " + gatewayClass
                                        + ", listeners: [{name: http, port: 80, protocol: HTTP}]}}",
                                Gateway.class))
                .create();
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
        // What this version's definitions refuse, those of others let through.
        cluster.server().takeEverySpec();
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
        routes = new EdgeRoutes(client, editor, "laneway", rules, () -> owners, noted, Clock.systemUTC());
        routes.start();
    }

    private void http(String namespace, String name, String... hosts) {
        cluster.client().resource(route(namespace, name, hosts)).create();
    }

    private static HTTPRoute route(String namespace, String name, String... hosts) {
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
        return route;
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
