package io.laneway.router.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.router.model.Service;
import io.laneway.router.model.ServiceId;
import io.laneway.router.policy.Policy;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FullNamesTest {

    private static final ServiceId ORDER = ServiceId.of("order");
    private static final ServiceId SHOP = new ServiceId("order", "shop");

    private static List<Service> services(String... names) {
        return Stream.of(names)
                .map(ServiceId::parse)
                .map(id -> new Service(id, List.of(), null, List.of(), Policy.DEFAULT))
                .toList();
    }

    @Test
    void aNameWithoutNamespaceIsTheOnlyOneFoundUnderIt() {
        assertThat(FullNames.of(services("order", "other"), services("order.shop")))
                .isEqualTo(Map.of(ORDER, SHOP));
    }

    @Test
    void twoNamespacesWithOneNameAreNobodyElse() {
        assertThat(FullNames.of(services("order"), services("order.a", "order.b")))
                .isEmpty();
    }

    @Test
    void aNamespaceThatTheTableNamesItselfCountsToo() {
        assertThat(FullNames.of(services("order", "order.a"), services("order.b")))
                .isEmpty();
        assertThat(FullNames.of(services("order", "order.a"), services("order.a")))
                .isEmpty();
    }

    @Test
    void whatIsFoundWithoutANamespaceIsItself() {
        assertThat(FullNames.of(services("order"), services("order", "order.shop")))
                .isEmpty();
        assertThat(FullNames.of(services("order.shop"), services("order.shop"))).isEmpty();
    }
}
