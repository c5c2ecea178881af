package io.laneway.k8s.discovery;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostRules;
import io.laneway.router.source.DeploymentSource.Overlay;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {

    private DiscoveryRules rules = DiscoveryRules.DEFAULT;
    private Discovered discovered = new Discovered(rules);

    @Test
    void whoCameFirstKeepsAHostWhateverTheNamesAndTheOrder() {
        claim("aaa", "evil", 2, "order.shop.example");
        claim("shop", "order", 1, "Order.Shop.Example.");

        assertThat(hosts()).containsExactly(Map.entry("order.shop", List.of("order.shop.example")));
        assertThat(discovered.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.HOST_TAKEN);
            assertThat(finding)
                    .hasToString(
                            "aaa/evil: host_taken: host 'order.shop.example' is already that of Service shop/order,"
                                    + " which is older (expected: a host that no other has)");
        });

        discovered.put("shop/order", null);
        assertThat(hosts()).containsExactly(Map.entry("evil.aaa", List.of("order.shop.example")));
        assertThat(discovered.findings()).isEmpty();
    }

    /** As the Gateway API orders routes; so a restart, which sees both at once, changes nothing. */
    @Test
    void ofOneSecondTheOneThatSortsFirstHasTheHostInAnyOrder() {
        for (List<String> order : List.of(List.of("aaa", "shop"), List.of("shop", "aaa"))) {
            discovered = new Discovered(rules);
            order.forEach(namespace -> claim(namespace, "order", 1, "order.example"));

            assertThat(hosts()).containsExactly(Map.entry("order.aaa", List.of("order.example")));
            assertThat(discovered.findings())
                    .singleElement()
                    .hasToString(
                            "shop/order: host_taken: host 'order.example' is already that of Service aaa/order, which"
                                    + " is of the same second and sorts first (expected: a host that no other has)");
        }
    }

    @Test
    void anyOrderOfChangesEndsAsAFreshStartDoes() {
        Random chance = new Random(14);
        String[] hosts = {"a.example", "*.a.example", "x.a.example", "*.x.a.example", "order.shop", "s3.n1.svc"};
        Map<String, int[]> now = new TreeMap<>();
        for (int step = 0; step < 400; step++) {
            String key = "n" + chance.nextInt(3) + "/s" + chance.nextInt(4);
            if (chance.nextInt(4) == 0) {
                now.remove(key);
                discovered.put(key, null);
            } else {
                now.put(key, new int[] {1 + chance.nextInt(9), chance.nextInt(hosts.length)});
                claim(discovered, key, now.get(key), hosts);
            }
            Discovered fresh = new Discovered(rules);
            List<String> keys = new ArrayList<>(now.keySet());
            Collections.shuffle(keys, chance);
            keys.forEach(one -> claim(fresh, one, now.get(one), hosts));
            assertThat(discovered.overlay()).isEqualTo(fresh.overlay());
            assertThat(discovered.findings()).isEqualTo(fresh.findings());
            assertThat(discovered.owners()).isEqualTo(fresh.owners());
        }
    }

    @Test
    void aHostWithinAnothersOlderPatternIsRefusedAndAnOwnOneIsNot() {
        claim("shop", "all", 1, "*.shop.example");
        claim("aaa", "evil", 2, "pay.shop.example, *.pay.shop.example");
        claim("shop", "pay", 3, "pay.shop.example");

        assertThat(hosts())
                .containsExactly(
                        Map.entry("all.shop", List.of("*.shop.example")),
                        Map.entry("pay.shop", List.of("pay.shop.example")));
        assertThat(discovered.findings()).extracting(Finding::object).containsExactly("aaa/evil", "aaa/evil");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order",
                "order.shop",
                "order.shop.svc",
                "order.shop.svc.cluster.local",
                "*.svc.cluster.local",
                "*.cluster.local",
                "later.shop.svc"
            })
    void theClustersNamesOfAnotherServiceAreNoHosts(String name) {
        claim("aaa", "evil", 1, name);
        claim("shop", "order", 2, "order.example");

        assertThat(hosts()).containsExactly(Map.entry("order.shop", List.of("order.example")));
        assertThat(discovered.findings()).extracting(Finding::kind).containsExactly(Finding.Kind.HOST_TAKEN);
    }

    @Test
    void namespacesClaimWhatIsAllowedToThemAlone() {
        rules = rules.withHosts(new HostRules(
                Map.of("shop", List.of("*.Shop.example"), "edge", List.of("*"), "*", List.of("free.org"))));
        discovered = new Discovered(rules);
        claim("aaa", "evil", 1, "order.shop.example, free.org");
        claim("shop", "order", 2, "order.shop.example, *.shop.example, shop.example, *.example");
        claim("edge", "any", 3, "pay.shop.example");

        assertThat(hosts())
                .containsExactly(
                        Map.entry("any.edge", List.of("pay.shop.example")),
                        Map.entry("evil.aaa", List.of("free.org")),
                        Map.entry("order.shop", List.of("*.shop.example", "order.shop.example")));
        assertThat(discovered.findings())
                .extracting(Finding::toString)
                .contains("aaa/evil: host_not_allowed: namespace 'aaa' may not claim host 'order.shop.example'"
                        + " (expected: one of [free.org])")
                .hasSize(3);
    }

    @Test
    void whatNoTableTakesIsLeftOutAndSaid() {
        claim("shop", "order", 1, "http://x, a.example:80, *.*.example, ok.example");
        discovered.put(
                "shop/odd",
                reader().read(
                                service("o", null, "http")
                                        .editMetadata()
                                        .withName("odd")
                                        .withLabels(Map.of("app", "a.b"))
                                        .endMetadata()
                                        .build(),
                                List.of()));

        assertThat(hosts()).containsExactly(Map.entry("order.shop", List.of("ok.example")));
        assertThat(discovered.overlay().services()).hasSize(1);
        assertThat(discovered.findings())
                .extracting(Finding::kind)
                .containsExactlyInAnyOrder(
                        Finding.Kind.HOST_NOT_ALLOWED,
                        Finding.Kind.HOST_NOT_ALLOWED,
                        Finding.Kind.HOST_NOT_ALLOWED,
                        Finding.Kind.UNREADABLE);
    }

    @Test
    void anAnnotationTakesNoLaneOfAnotherNamespace() {
        rules = new DiscoveryRules(
                "master", LaneStyle.NAMESPACES, List.of("app"), List.of(), "shop", "lane-", HostRules.OPEN);
        discovered = new Discovered(rules);
        put(
                "aaa",
                service("order", null, "http-81")
                        .editMetadata()
                        .withCreationTimestamp("2026-01-01T00:00:00Z")
                        .addToAnnotations("laneway.io/lane", "master")
                        .endMetadata());
        put("shop", service("order", null, "http-80"));

        assertThat(discovered.overlay().services().get(0).deployments().get(0).ports())
                .extracting(port -> port.number())
                .containsExactly(80);
        assertThat(discovered.findings())
                .filteredOn(finding -> finding.kind() == Finding.Kind.TWO_OWNERS)
                .extracting(Finding::object)
                .containsExactly("aaa/order");
    }

    private ServiceReader reader() {
        return new ServiceReader(rules);
    }

    private void claim(String namespace, String name, int day, String hosts) {
        claim(discovered, namespace + "/" + name, new int[] {day, 0}, hosts);
    }

    private void claim(Discovered into, String key, int[] how, String... hosts) {
        int slash = key.indexOf('/');
        ServiceBuilder service = service(key.substring(slash + 1), null, "http-80")
                .editMetadata()
                .withNamespace(key.substring(0, slash))
                .withCreationTimestamp("2026-11-0" + how[0] + "T00:00:00Z")
                .addToAnnotations("laneway.io/hosts", hosts[how[1]])
                .endMetadata();
        into.put(key, reader().read(service.build(), List.of()));
    }

    private void put(String namespace, ServiceBuilder service) {
        service.editMetadata().withNamespace(namespace).endMetadata();
        discovered.put(namespace + "/order", reader().read(service.build(), List.of()));
    }

    private Map<String, List<String>> hosts() {
        Overlay overlay = discovered.overlay();
        Map<String, List<String>> hosts = new TreeMap<>();
        overlay.services().stream()
                .filter(one -> !one.hosts().isEmpty())
                .forEach(one -> hosts.put(one.id().toString(), one.hosts()));
        return hosts;
    }
}
