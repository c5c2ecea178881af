package io.laneway.router.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DiscoveredNamesTest {

    private static final ServiceId ORDER = ServiceId.of("order");
    private static final ServiceId SHOP = new ServiceId("order", "shop");

    private static List<Overlay> found(String... names) {
        return List.of(new Overlay(List.of(), services(names)));
    }

    private static List<Service> services(String... names) {
        return Stream.of(names)
                .map(ServiceId::parse)
                .map(id -> new Service(id, List.of(), null, List.of(), Policy.DEFAULT))
                .toList();
    }

    @Test
    void aNameWithoutNamespaceIsTheOnlyOneFoundUnderIt() {
        assertThat(DiscoveredNames.of(services("order", "other"), found("order.shop")))
                .isEqualTo(Map.of(ORDER, SHOP));
    }

    @Test
    void twoNamespacesWithOneNameAreNobodyElse() {
        assertThat(DiscoveredNames.of(services("order"), found("order.a", "order.b")))
                .isEmpty();
    }

    @Test
    void ofTwoNamespacesTheEldestKeepsTheName() {
        List<Overlay> two = List.of(new Overlay(List.of(), services("order.a", "order.shop"), Set.of(SHOP)));
        assertThat(DiscoveredNames.of(services("order"), two)).isEqualTo(Map.of(ORDER, SHOP));
        assertThat(DiscoveredNames.of(services("order", "order.shop"), two)).isEmpty();
        assertThat(DiscoveredNames.of(
                        services("order"),
                        List.of(
                                new Overlay(List.of(), services("order.a"), Set.of()),
                                new Overlay(List.of(), services("order.b", "order.shop"), Set.of(SHOP)))))
                .as("two sources, of which one knows who was first")
                .isEqualTo(Map.of(ORDER, SHOP));
    }

    @Test
    void aNamespaceThatTheTableNamesItselfCountsToo() {
        assertThat(DiscoveredNames.of(services("order", "order.a"), found("order.b")))
                .isEmpty();
        assertThat(DiscoveredNames.of(services("order", "order.a"), found("order.a")))
                .isEmpty();
    }

    @Test
    void whatIsFoundWithoutANamespaceIsItself() {
        assertThat(DiscoveredNames.of(services("order"), found("order", "order.shop")))
                .isEmpty();
        assertThat(DiscoveredNames.of(services("order.shop"), found("order.shop")))
                .isEmpty();
    }
}
