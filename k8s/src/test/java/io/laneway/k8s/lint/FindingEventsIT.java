package io.laneway.k8s.lint;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.client.Clients;
import io.laneway.k8s.client.Connection;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.api.RuledApiServer;
import java.io.IOException;
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

    @Test
    void anApiServerThatChecksNamesTakesAnEventOnAnyService() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient client = open(api)) {
            String longest = "a".repeat(63);
            FindingEvents events = new FindingEvents(client, "control-0", Clock.systemUTC());
            events.report(List.of(LEAK, SLUG, new Finding(Finding.Kind.LEAK, "shop/" + longest, "x")));
            assertThat(client.events().v1().events().inNamespace("shop").list().getItems())
                    .extracting(one -> one.getRegarding().getName())
                    .containsExactlyInAnyOrder("order", "pay", longest);
        }
    }

    @Test
    void anEventNamesTheObjectOfItsFindingAndOneInUseIsNoWarning() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient client = open(api)) {
            FindingEvents events = new FindingEvents(client, "control-0", Clock.systemUTC());
            events.report(List.of(
                    new Finding(Finding.Kind.REFUSED, Finding.On.TENANT_SHIFT, "shop/default", "x"),
                    new Finding(Finding.Kind.IN_USE, Finding.On.LANE, "shop/g0", "an environment of shift default"),
                    new Finding(Finding.Kind.HOST_TAKEN, Finding.On.GRPC_ROUTE, "shop/r", "y")));
            assertThat(client.events().v1().events().inNamespace("shop").list().getItems())
                    .extracting(one -> one.getRegarding().getApiVersion() + " "
                            + one.getRegarding().getKind() + " " + one.getReason() + " " + one.getType())
                    .containsExactlyInAnyOrder(
                            "laneway.io/v1alpha1 TenantShift Refused Warning",
                            "laneway.io/v1alpha1 Lane InUse Normal",
                            "gateway.networking.k8s.io/v1 GRPCRoute HostTaken Warning");
        }
    }

    @Test
    void whatIsRefusedForGoodIsAskedForOnceAndAConflictAgain() throws IOException {
        try (RuledApiServer api = new RuledApiServer(0);
                KubernetesClient client = open(api)) {
            FindingEvents events = new FindingEvents(client, "control-0", Clock.systemUTC());
            api.refuse("events", 403);
            for (int i = 0; i < 3; i++) {
                events.report(List.of(LEAK));
                events.report(List.of());
            }
            assertThat(api.writes()).hasSize(1);

            api.refuse("events", 409);
            events.report(List.of(SLUG));
            events.report(List.of(SLUG));
            assertThat(api.writes()).hasSize(3);
        }
    }

    private static KubernetesClient open(RuledApiServer api) {
        return Clients.open(new Connection(null, null, api.url(), null, null));
    }
}
