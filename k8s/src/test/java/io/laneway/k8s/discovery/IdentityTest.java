package io.laneway.k8s.discovery;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.object.Marks;
import io.laneway.router.model.service.ServiceId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityTest {

    private static final ServiceId ORDER = new ServiceId("order", "shop");

    @Test
    void comesFromTheLabelsAppAndVersion() {
        assertThat(read(service("order", "f-1", "http").build())).isEqualTo(new Identity(ORDER, "f-1", true));
    }

    @Test
    void isTheBaseLaneWithoutAVersion() {
        assertThat(read(service("order", null, "http").build())).isEqualTo(new Identity(ORDER, "master", false));
    }

    @Test
    void comesFromTheSelectorWhereTheServiceHasNoLabels() {
        Service bare = service("order", "f-1", "http")
                .editMetadata()
                .withLabels(null)
                .endMetadata()
                .build();
        assertThat(read(bare)).isEqualTo(new Identity(ORDER, "f-1", true));
    }

    @Test
    void readsTheRecommendedLabelsToo() {
        Service service = service("x", null, "http")
                .editMetadata()
                .withLabels(Map.of("app.kubernetes.io/name", "order", "app.kubernetes.io/version", "f-2"))
                .endMetadata()
                .build();
        assertThat(read(service)).isEqualTo(new Identity(ORDER, "f-2", true));
    }

    @Test
    void takesTheVersionInAProxiedSelectorForNoLane() {
        Service proxied = service("order", null, "http")
                .editMetadata()
                .withAnnotations(Map.of(Marks.PROXIED, "true"))
                .endMetadata()
                .editSpec()
                .withSelector(Map.of("app", "laneway-gateway", "version", "proxy"))
                .endSpec()
                .build();
        assertThat(read(proxied)).isEqualTo(new Identity(ORDER, "master", false));
    }

    @Test
    void annotationsWinOverLabelsAndMayNameAnyLane() {
        Service service = annotated(Map.of(Marks.SERVICE, "orders", Marks.LANE, "feature/Ünïcode"));
        assertThat(read(service)).isEqualTo(new Identity(new ServiceId("orders", "shop"), "feature/Ünïcode", true));
    }

    @Test
    void isNoneForWhatTakesNoPart() {
        assertThat(read(annotated(Map.of(Marks.IGNORE, "true")))).isNull();
        assertThat(read(annotated(Map.of(Marks.LANE, "///")))).isNull();
        Service plain = service("x", null, "http")
                .editMetadata()
                .withLabels(Map.of())
                .endMetadata()
                .editSpec()
                .withSelector(null)
                .endSpec()
                .build();
        assertThat(read(plain)).isNull();
        assertThat(Identity.of(plain, DiscoveryRules.DEFAULT.withNames()))
                .isEqualTo(new Identity(ServiceId.parse("x.shop"), "master", false));
    }

    @Test
    void comesFromTheNamespaceInThatStyle() {
        DiscoveryRules rules = new DiscoveryRules(
                "master", LaneStyle.NAMESPACES, List.of("app"), List.of(), "shop", "shop-", HostRules.OPEN);
        assertThat(Identity.of(in("shop"), rules)).isEqualTo(new Identity(ServiceId.of("order"), "master", true));
        assertThat(Identity.of(in("shop-f-1"), rules)).isEqualTo(new Identity(ServiceId.of("order"), "f-1", true));
        assertThat(Identity.of(in("kube-system"), rules)).isNull();
        assertThat(Identity.of(in("shop-"), rules)).isNull();
    }

    private static Service in(String namespace) {
        return service("order", null, "http")
                .editMetadata()
                .withNamespace(namespace)
                .endMetadata()
                .build();
    }

    private static Service annotated(Map<String, String> annotations) {
        return service("order", "f-1", "http")
                .editMetadata()
                .withAnnotations(annotations)
                .endMetadata()
                .build();
    }

    private static Identity read(Service service) {
        return Identity.of(service, DiscoveryRules.DEFAULT);
    }
}
