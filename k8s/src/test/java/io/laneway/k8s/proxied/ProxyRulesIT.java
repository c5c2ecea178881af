package io.laneway.k8s.proxied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.k8s.testkit.api.DeployTool;
import io.laneway.k8s.testkit.api.ProxiedShop;
import io.laneway.router.model.service.Endpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** When a Service may be pointed at the gateway, under any rules of discovery. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ProxyRulesIT {

    private static final String ORDER = """
            {"apiVersion": "v1", "kind": "Service",
             "metadata": {"name": "order", "labels": {"app": "order"}, "annotations": {"laneway.io/proxied": "true"}},
             "spec": {"selector": {"app": "order"}, "ports": [{"name": "http-9000", "port": 9000, "targetPort": 7000}]}}
            """;

    static Stream<Map<String, String>> rules() {
        return Stream.of(
                Map.of(),
                Map.of("lanes", "namespaces", "baseNamespace", "shop"),
                Map.of("app", "team.io/app", "version", "team.io/lane"),
                Map.of("base", "Master/2"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void isProxiedUnderAnyRulesOfDiscovery(Map<String, String> settings) throws IOException {
        try (ProxiedShop shop = shop(settings)) {
            shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
            shop.gateway();
            new DeployTool(shop.api().url(), "shop")
                    .kubectlApply(
                            ORDER.replace("\"labels\": {\"app\"", "\"labels\": {\"team.io/app\": \"order\", \"app\""));

            await().until(() -> pointed(shop));
            await().until(() -> shop.deployments().findings().isEmpty());
        }
    }

    @Test
    void aLanePodThatTheBaseSelectorCatchesTooHoldsNothingUp() throws IOException {
        try (ProxiedShop shop = shop(Map.of())) {
            shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
            shop.pod("order-f", "10.0.0.2", Map.of("app", "order", "version", "f-1"));
            shop.gateway();
            DeployTool tool = new DeployTool(shop.api().url(), "shop");
            tool.kubectlApply(ORDER.replace(
                            "\"order\", \"labels\": {\"app\"",
                            "\"order-f-1\", \"labels\": {\"version\": \"f-1\", \"app\"")
                    .replace(", \"annotations\": {\"laneway.io/proxied\": \"true\"}", "")
                    .replace("\"selector\": {", "\"selector\": {\"version\": \"f-1\", "));
            tool.kubectlApply(ORDER);

            await().until(() -> pointed(shop));
            tool.annotate("order", "laneway.io/proxied", null);
            await().until(() -> shop.get("order-master") == null);
        }
    }

    @Test
    void aTeamsOwnProxyPodsAreNeverPodsOfTheBaseLane() throws IOException {
        try (ProxiedShop shop = shop(Map.of())) {
            shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
            shop.gateway(GatewayPods.of("app=order,version=proxy", null));
            DeployTool tool = new DeployTool(shop.api().url(), "shop");
            tool.kubectlApply(
                    ORDER.replace("\"true\"", "\"true\", \"laneway.io/gateway\": \"app=order,version=proxy\""));

            await().until(() ->
                    shop.get("order").getSpec().getSelector().equals(Map.of("app", "order", "version", "proxy")));
            await().untilAsserted(
                            () -> assertThat(Overlays.deployment(shop.overlays().last(), "order.shop", "master")
                                            .ports()
                                            .get(0)
                                            .endpoints())
                                    .extracting(Endpoint::address)
                                    .containsExactly("10.0.0.1:7000"));
        }
    }

    @Test
    void waitsForAGatewayThatFollowsTheControlApiAndSaysSo() throws IOException {
        try (ProxiedShop shop = shop(Map.of())) {
            shop.connected(0);
            shop.pod("order-1", "10.0.0.1", Map.of("app", "order"));
            shop.gateway();
            new DeployTool(shop.api().url(), "shop").kubectlApply(ORDER);

            await().until(() ->
                    said(shop).contains("gateways that follow the control API (connected: 0, expected: 1)"));
            await().during(Duration.ofMillis(1_500)).until(() -> !pointed(shop));
            shop.connected(1);
            await().until(() -> pointed(shop));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"name\": \"http-9000\" | \"name\": \"mysql-9000\" | is not HTTP",
                "\"name\": \"http-9000\" | \"name\": \"https-9000\" | is called by TLS",
                "\"selector\": {\"app\": \"order\"}, | \"clusterIP\": \"None\", \"selector\": {\"app\": \"order\"}, | headless",
                "\"selector\": {\"app\": \"order\"}, | \"type\": \"ClusterIP\", | no selector"
            })
    void whatTheGatewayCannotServeIsRefusedAndSaid(String from, String to, String why) throws IOException {
        try (ProxiedShop shop = shop(Map.of())) {
            shop.gateway();
            new DeployTool(shop.api().url(), "shop").kubectlApply(ORDER.replace(from, to));

            await().until(() -> said(shop).contains(why));
            assertThat(pointed(shop)).isFalse();
            assertThat(shop.get("order-master")).isNull();
        }
    }

    private static ProxiedShop shop(Map<String, String> settings) throws IOException {
        return new ProxiedShop(30, KubernetesSettings.of(Set.of(), settings));
    }

    private static String said(ProxiedShop shop) {
        return shop.deployments().findings().stream()
                .filter(one -> one.object().equals("shop/order"))
                .map(one -> one.what() + "\n")
                .reduce("", String::concat);
    }

    private static boolean pointed(ProxiedShop shop) {
        Service order = shop.get("order");
        return order != null && order.getSpec().getSelector().equals(GatewayPods.DEFAULT.selector());
    }
}
