package io.laneway.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.discovery.Finding;
import io.laneway.k8s.testkit.Cluster;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class FindingEventsIT {

    private static final Finding LEAK = new Finding(Finding.Kind.LEAK, "shop/order", "port 80 also catches 2 pods");
    private static final Finding SLUG = new Finding(Finding.Kind.SLUG_COLLISION, "shop/pay", "lane 'F-1'");

    @Test
    void writesOneEventForEachFindingThatIsNew() {
        try (Cluster cluster = new Cluster();
                KubernetesClient client = cluster.open()) {
            FindingEvents events = new FindingEvents(client, "control-0", Clock.systemUTC());
            events.report(List.of(LEAK));
            events.report(List.of(LEAK, SLUG));
            List<Event> written = cluster.client()
                    .events()
                    .v1()
                    .events()
                    .inNamespace("shop")
                    .list()
                    .getItems();
            assertThat(written).hasSize(2);
            Event first = written.stream()
                    .filter(one -> one.getReason().equals("Leak"))
                    .findFirst()
                    .orElseThrow();
            assertThat(first.getRegarding().getName()).isEqualTo("order");
            assertThat(first.getNote()).isEqualTo("port 80 also catches 2 pods");
            assertThat(first.getType()).isEqualTo("Warning");

            cluster.wire().cut();
            cluster.wire().mend();
            events.report(List.of());
            events.report(List.of(LEAK));
            assertThat(cluster.client()
                            .events()
                            .v1()
                            .events()
                            .inNamespace("shop")
                            .list()
                            .getItems())
                    .hasSize(3);
        }
    }
}
