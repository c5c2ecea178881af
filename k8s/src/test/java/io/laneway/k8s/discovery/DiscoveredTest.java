package io.laneway.k8s.discovery;

import static io.laneway.k8s.testkit.Made.service;
import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.object.Marks;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.router.model.Lane;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DiscoveredTest {

    private final ServiceReader reader = new ServiceReader(DiscoveryRules.DEFAULT);
    private final Discovered discovered = new Discovered(DiscoveryRules.DEFAULT);

    @Test
    void putsTheLanesOfOneServiceBesideEachOther() {
        put(service("order", "master", "http-80").build(), "10.0.0.1");
        put(service("order", "f-1", "http-80").build(), "10.0.0.2");
        put(service("pay", "f-1", "http-80").build(), "10.0.0.3");

        Overlay overlay = discovered.overlay();
        assertThat(overlay.lanes()).containsExactly(Lane.named("f-1"));
        assertThat(overlay.services()).extracting(one -> one.id().toString()).containsExactly("order.shop", "pay.shop");
        assertThat(overlay.services().get(0).deployments())
                .extracting(Deployment::lane)
                .containsExactly("f-1", "master");
    }

    @Test
    void keepsTheObjectsOfServicesThatDidNotChange() {
        put(service("order", "f-1", "http-80").build(), "10.0.0.2");
        put(service("pay", "f-1", "http-80").build(), "10.0.0.3");
        Overlay before = discovered.overlay();

        put(service("pay", "f-1", "http-80").build(), "10.0.0.4");

        Overlay after = discovered.overlay();
        assertThat(after.services().get(0)).isSameAs(before.services().get(0));
        assertThat(addresses(after, "pay.shop", "f-1")).containsExactly("10.0.0.4:80");
    }

    @Test
    void theOlderOfTwoLanesWithOneSlugWinsAndTheOtherIsSaid() {
        put(created(service("order", "f-1", "http-80"), "2026-11-02T00:00:00Z").build(), "10.0.0.1");
        put(created(service("pay", "F-1", "http-80"), "2026-11-01T00:00:00Z").build(), "10.0.0.2");

        Overlay overlay = discovered.overlay();
        assertThat(overlay.lanes()).containsExactly(Lane.named("F-1"));
        assertThat(Overlays.deployment(overlay, "order.shop", "f-1")).isNull();
        assertThat(discovered.findings())
                .singleElement()
                .hasToString("shop/order-f-1: slug_collision: lane 'f-1' has the"
                        + " slug of lane 'F-1' (expected: another name)");

        discovered.put("shop/pay-F-1", null);
        assertThat(Overlays.deployment(discovered.overlay(), "order.shop", "f-1"))
                .isNotNull();
        assertThat(discovered.findings()).isEmpty();
    }

    @Test
    void noAnnotationTakesTheSlugOfAnOlderLane() {
        put(service("order", "f-1", "http-80").build(), "10.0.0.1");
        put(
                service("pay", "F-1", "http-80")
                        .editMetadata()
                        .withNamespace("aaa")
                        .withCreationTimestamp("2026-11-02T00:00:00Z")
                        .addToAnnotations(Marks.MADE_FOR, "pay")
                        .endMetadata()
                        .build(),
                "10.0.0.2");

        assertThat(discovered.overlay().lanes()).containsExactly(Lane.named("f-1"));
        assertThat(discovered.findings()).extracting(Finding::object).containsExactly("aaa/pay-F-1");
    }

    @Test
    void aLaneWithTheBaseLanesSlugIsRefused() {
        put(service("order", "Master", "http-80").build(), "10.0.0.1");
        assertThat(discovered.overlay().lanes()).isEmpty();
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.SLUG_COLLISION);
    }

    @Test
    void lanePodsThatABaseServiceCatchesTooDoNotServeBase() {
        put(service("order", null, "http-80").build(), "10.0.0.1", "10.0.0.2");
        put(service("order", "f-1", "http-80").build(), "10.0.0.2");

        assertThat(addresses(discovered.overlay(), "order.shop", "master")).containsExactly("10.0.0.1:80");
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.LEAK);
    }

    @Test
    void aSelectorThatWouldCatchLanePodsIsSaidBeforeThereAreAny() {
        put(service("order", null, "http-80").build(), "10.0.0.1");
        put(service("order", "f-1", "http-80").build(), "10.0.0.2");

        assertThat(discovered.overlay().services()).hasSize(1);
        assertThat(discovered.findings())
                .singleElement()
                .hasToString("shop/order: leak: its selector also selects the pods of lanes f-1"
                        + " (expected: the version of lane 'master' in it)");
    }

    @Test
    void aServiceThatNamesTheBaseLaneAndSelectsEverybodyDoesNotServeLanePodsEither() {
        Service base = service("order", "master", "http-80")
                .editSpec()
                .withSelector(Map.of("app", "order"))
                .endSpec()
                .build();
        put(base, "10.0.0.1", "10.0.0.2");
        put(service("order", "f-1", "http-80").build(), "10.0.0.2");

        assertThat(addresses(discovered.overlay(), "order.shop", "master")).containsExactly("10.0.0.1:80");
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.LEAK);
    }

    @Test
    void theServiceThatNamesTheBaseLaneWinsOverTheOneThatOnlyHasNoLane() {
        put(service("order", null, "http-80", "grpc-81").build(), "10.0.0.9");
        put(service("order", "master", "http-80").build(), "10.0.0.1");

        Overlay overlay = discovered.overlay();
        assertThat(addresses(overlay, "order.shop", "master")).containsExactly("10.0.0.1:80");
        assertThat(Overlays.deployment(overlay, "order.shop", "master").ports())
                .extracting(Port::number)
                .containsExactly(80, 81);
        assertThat(discovered.findings()).isEmpty();
    }

    @Test
    void aServiceThatNamesTheBaseLaneTakesOverOnlyOnceItHasEndpoints() {
        put(service("order", null, "http-80").build(), "10.0.0.1");
        put(service("order", "master", "http-80").build());
        assertThat(addresses(discovered.overlay(), "order.shop", "master")).containsExactly("10.0.0.1:80");

        put(service("order", "master", "http-80").build(), "10.0.0.1", "10.0.0.2");
        assertThat(addresses(discovered.overlay(), "order.shop", "master"))
                .containsExactly("10.0.0.1:80", "10.0.0.2:80");
    }

    @Test
    void twoServicesThatClaimOnePortOfALaneAreSaid() {
        put(service("order", "f-1", "http-80").build(), "10.0.0.1");
        Service twin = service("order", "f-1", "http-80")
                .editMetadata()
                .withName("order-twin")
                .endMetadata()
                .build();
        put(twin, "10.0.0.2");
        assertThat(addresses(discovered.overlay(), "order.shop", "f-1")).containsExactly("10.0.0.1:80");
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.TWO_OWNERS);
    }

    @Test
    void aLaneWithoutPodsHasADeploymentWithoutEndpoints() {
        put(service("order", "f-1", "http-80").build());
        assertThat(addresses(discovered.overlay(), "order.shop", "f-1")).isEmpty();
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.LANE_WITHOUT_PODS);
    }

    /** Whatever came in whatever order, the overlay is that of a fresh start with what is left. */
    @Test
    void changesLeadToTheSameOverlayAsAFreshStart() {
        Random random = new Random(7);
        Map<String, Found> left = new HashMap<>();
        for (int step = 0; step < 2_000; step++) {
            Service service = created(
                            service("app-" + random.nextInt(4), lane(random), "http-80"),
                            "2026-11-0" + (1 + random.nextInt(4)) + "T00:00:00Z")
                    .editMetadata()
                    .withNamespace("n" + random.nextInt(2))
                    .endMetadata()
                    .build();
            Found found = random.nextInt(3) == 0 ? null : read(service, "10.0.0." + random.nextInt(5));
            discovered.put(Meta.key(service), found);
            if (found == null) {
                left.remove(Meta.key(service));
            } else {
                left.put(Meta.key(service), found);
            }
            Discovered fresh = new Discovered(DiscoveryRules.DEFAULT);
            left.forEach(fresh::put);
            assertThat(discovered.overlay()).isEqualTo(fresh.overlay());
            assertThat(discovered.findings()).isEqualTo(fresh.findings());
        }
    }

    @Test
    void ofTheServicesOfOneNameTheOldestIsTheEldestInAnyOrder() {
        Service old = created(service("order", null, "http-80"), "2026-11-01T00:00:00Z")
                .build();
        Service young = created(service("order", null, "http-80"), "2026-11-02T00:00:00Z")
                .editMetadata()
                .withNamespace("aaa")
                .endMetadata()
                .build();
        put(young);
        assertThat(discovered.overlay().eldest()).isEmpty();
        put(old);
        assertThat(discovered.overlay().eldest()).containsExactly(new ServiceId("order", "shop"));
        discovered.put("shop/order", null);
        assertThat(discovered.overlay().eldest()).isEmpty();
    }

    private static String lane(Random random) {
        List<String> lanes = new ArrayList<>(List.of("master", "f-1", "F-1", "f-2"));
        lanes.add(null);
        return lanes.get(random.nextInt(lanes.size()));
    }

    private static ServiceBuilder created(ServiceBuilder service, String when) {
        return service.editMetadata().withCreationTimestamp(when).endMetadata();
    }

    private void put(Service service, String... addresses) {
        discovered.put(Meta.key(service), read(service, addresses));
    }

    private Found read(Service service, String... addresses) {
        return reader.read(service, List.of(slice(service, addresses).build()));
    }

    private static List<String> addresses(Overlay overlay, String service, String lane) {
        return Overlays.deployment(overlay, service, lane).ports().get(0).endpoints().stream()
                .map(Endpoint::address)
                .toList();
    }
}
