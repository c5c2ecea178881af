package io.laneway.k8s.proxied;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.networking.v1.IngressBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.pointing.GatewayPods;
import io.laneway.k8s.testkit.Made;
import io.laneway.k8s.testkit.api.RuledApiServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProxyWishIT {

    private final RuledApiServer api = new RuledApiServer(0);
    private final KubernetesClient client = Clients.open(new Connection(null, null, api.url(), null, null));
    private final ProxyWish wish = new ProxyWish(client, "shop", "order");

    ProxyWishIT() throws IOException {}

    @AfterEach
    void close() {
        client.close();
        api.close();
    }

    @Test
    void setsAnnotationsAloneAndWaits() {
        client.resource(Made.service("order", null, "http-9000").build()).create();
        api.writes().clear();

        wish.install(GatewayPods.of("app=gw", "8081"), "shop.example.com");

        assertThat(api.writes()).containsExactly("PATCH /api/v1/namespaces/shop/services/order");
        var order = client.services().inNamespace("shop").withName("order").get();
        assertThat(order.getMetadata().getAnnotations())
                .isEqualTo(Map.of(
                        "laneway.io/proxied", "true",
                        "laneway.io/gateway", "app=gw",
                        "laneway.io/gateway-port", "8081",
                        "laneway.io/hosts", "shop.example.com"));
        assertThat(order.getSpec().getSelector()).isEqualTo(Map.of("app", "order"));
        assertThat(wish.awaitInstalled(Duration.ZERO)).isFalse();
        wish.remove();
        assertThat(wish.awaitRemoved(Duration.ZERO)).isTrue();
    }

    @Test
    void refusesWhatAGatewayCannotStandInForBeforeAnythingIsWritten() {
        client.resource(Made.service("order", null, "mysql-3306").build()).create();
        api.writes().clear();

        assertThatThrownBy(() -> wish.install(null, null)).hasMessageContaining("port 3306 is not HTTP");
        assertThatThrownBy(() -> new ProxyWish(client, "shop", "nobody").install(null, null))
                .hasMessageContaining("not there");
        assertThat(api.writes()).isEmpty();
    }

    @Test
    void knowsTheHostsOfIngressesThatLeadToTheServiceAlone() {
        client.resource(Made.service("order", null, "http-9000")
                        .editMetadata()
                        .addToAnnotations("laneway.io/hosts", "old.example.com, kept.example.com")
                        .endMetadata()
                        .build())
                .create();
        ingress("a", "order.example.com", "order");
        ingress("b", "shop.example.com", "order");
        ingress("c", "shop.example.com", "pay");
        ingress("d", "pay.example.com", "pay");
        ingress("e", "old.example.com", "order");

        OutsideHosts hosts = OutsideHosts.of(client, "shop", "order");

        assertThat(hosts.own()).containsExactly("order.example.com");
        assertThat(hosts.shared()).containsExactly("shop.example.com");
        assertThat(hosts.with(
                        client.services().inNamespace("shop").withName("order").get()))
                .isEqualTo("kept.example.com,old.example.com,order.example.com");
    }

    private void ingress(String name, String host, String service) {
        client.resource(new IngressBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withNewSpec()
                        .addNewRule()
                        .withHost(host)
                        .withNewHttp()
                        .addNewPath()
                        .withPath("/")
                        .withPathType("Prefix")
                        .withNewBackend()
                        .withNewService()
                        .withName(service)
                        .endService()
                        .endBackend()
                        .endPath()
                        .endHttp()
                        .endRule()
                        .endSpec()
                        .build())
                .create();
    }
}
