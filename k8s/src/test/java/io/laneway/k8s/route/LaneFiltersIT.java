package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.resource.CustomKind;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.Route;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Filters {@code ExtensionRef} of routes, which name Lanes. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LaneFiltersIT {

    private static final String ORDER = "backendRefs: [{name: order, port: 80}]";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final FakeEditor editor = new FakeEditor();
    private final EdgeRoutes routes = new EdgeRoutes(
            client,
            editor,
            "laneway",
            DiscoveryRules.DEFAULT,
            () -> HostOwners.NONE,
            new NotedFindings(),
            Clock.systemUTC());

    @BeforeEach
    void start() {
        cluster.client().resource(service("order", null, "http").build()).create();
        GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
        routes.start();
    }

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void aFilterLeadsTheRequestsOfItsRuleIntoItsLane() {
        lane("shop", "beta", "{name: feature/beta}");
        http(
                "a",
                "filters: [" + filter("laneway.io", "Lane", "beta")
                        + ", {type: URLRewrite, urlRewrite: {hostname: in.test}}], " + ORDER);
        grpc("g", "filters: [" + filter("laneway.io", "Lane", "beta") + "], " + ORDER);

        await().until(() -> said(http("a"), "ResolvedRefs").equals("True ResolvedRefs"));
        await().until(() -> said(grpc("g"), "ResolvedRefs").equals("True ResolvedRefs"));
        assertThat(editor.current().routes())
                .extracting(one -> one.service() + " " + one.action().lane())
                .containsExactly("order.shop feature/beta", "order.shop feature/beta");
    }

    @Test
    void aLaneThatIsNotThereFailsTheRulesRequestsUntilItComes() {
        http(
                "a",
                "matches: [{path: {type: PathPrefix, value: /beta}}], filters: [" + filter("laneway.io", "Lane", "beta")
                        + "], " + ORDER);
        http("b", ORDER);
        lane("other", "beta", "{}");

        await().until(() -> said(http("a"), "ResolvedRefs").equals("False InvalidFilter"));
        assertThat(said(http("a"), "Accepted")).isEqualTo("True Accepted");
        await().until(() -> answers().equals(List.of("/beta 500", "/ order.shop")));

        lane("shop", "beta", "{}");
        await().until(() -> said(http("a"), "ResolvedRefs").equals("True ResolvedRefs"));
        assertThat(answers()).isEqualTo(List.of("/beta order.shop beta", "/ order.shop"));
    }

    @Test
    void anotherGroupOrKindFailsTheRulesRequestsWhateverElseTheRuleSays() {
        http(
                "a",
                "filters: [" + filter("laneway.io", "TenantShift", "x")
                        + ", {type: RequestRedirect, requestRedirect: {scheme: https}}]");
        grpc("g", "filters: [" + filter("example.com", "Lane", "x") + "], " + ORDER);

        await().until(() -> said(http("a"), "ResolvedRefs").equals("False InvalidKind"));
        await().until(() -> said(grpc("g"), "ResolvedRefs").equals("False InvalidKind"));
        assertThat(answers()).containsExactlyInAnyOrder("/ 500", "/ 503");
        assertThat(editor.current().routes())
                .allSatisfy(one -> assertThat(one.action().redirect()).isNull());
    }

    @Test
    void twoLanesOfOneRuleAndOneOfABackendAreRefused() {
        lane("shop", "beta", "{}");
        String beta = filter("laneway.io", "Lane", "beta");
        http("two", "filters: [" + beta + ", " + beta + "], " + ORDER);
        http("part", "backendRefs: [{name: order, port: 80, filters: [" + beta + "]}]");
        grpc("call", "backendRefs: [{name: order, port: 80, filters: [" + beta + "]}]");

        await().until(() -> said(http("two"), "Accepted").equals("False UnsupportedValue"));
        await().until(() -> said(http("part"), "Accepted").equals("False UnsupportedValue"));
        await().until(() -> said(grpc("call"), "Accepted").equals("False UnsupportedValue"));
        assertThat(editor.current().routes()).isEmpty();
    }

    private List<String> answers() {
        return editor.current().routes().stream().map(LaneFiltersIT::answer).toList();
    }

    private static String answer(Route route) {
        String lane = route.action().lane();
        return route.path() + " "
                + (route.service() == null ? route.action().split().get(0).status() : route.service())
                + (lane == null ? "" : " " + lane);
    }

    private static String filter(String group, String kind, String name) {
        return "{type: ExtensionRef, extensionRef: {group: " + group + ", kind: " + kind + ", name: " + name + "}}";
    }

    private void lane(String namespace, String name, String spec) {
        GenericKubernetesResource lane = yaml.unmarshal(
                "---\n{apiVersion: laneway.io/v1alpha1, kind: Lane, metadata: {name: " + name + ", namespace: "
                        + namespace + "}, spec: " + spec + "}",
                GenericKubernetesResource.class);
        cluster.client()
                .genericKubernetesResources(CustomKind.LANE.context())
                .inNamespace(namespace)
                .resource(lane)
                .create();
    }

    private void http(String name, String rule) {
        create(HTTPRoute.class, "HTTPRoute", name, rule);
    }

    private void grpc(String name, String rule) {
        create(GRPCRoute.class, "GRPCRoute", name, rule);
    }

    private <T extends HasMetadata> void create(Class<T> type, String kind, String name, String rule) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: " + kind + ", metadata: {name: " + name
                                + ", namespace: shop}, spec: {parentRefs: [{name: laneway}], hostnames: [" + name
                                + ".example.com], rules: [{" + rule + "}]}}",
                        type))
                .create();
    }

    private List<RouteParentStatus> http(String name) {
        HTTPRoute route = cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
        return route.getStatus() == null ? List.of() : route.getStatus().getParents();
    }

    private List<RouteParentStatus> grpc(String name) {
        GRPCRoute route = cluster.client()
                .resources(GRPCRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
        return route.getStatus() == null ? List.of() : route.getStatus().getParents();
    }

    private static String said(List<RouteParentStatus> parents, String type) {
        return parents.stream()
                .flatMap(parent -> parent.getConditions().stream())
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason())
                .findFirst()
                .orElse("");
    }
}
