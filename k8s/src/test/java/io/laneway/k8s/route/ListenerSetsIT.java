package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerEntryStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerSet;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.certificate.GatewayCertificates;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Listeners that ListenerSets lend to a Gateway: what is said of both, and their certificates. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenerSetsIT {

    private static final String API = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: ";
    private static final String HTTP = "{name: http, port: 80, protocol: HTTP, hostname: set.example}";

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

    @TempDir
    private Path folder;

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void aListenerSetComesChangesAndGoesWithItsRoutes() {
        start("{name: http, port: 80, protocol: HTTP, hostname: gateway.example}");
        route("r", "{kind: ListenerSet, name: more}", "hostnames: [late.example], ");
        set("shop", "more", HTTP);
        await().until(() -> parents("r").equals(List.of("more False NoMatchingListenerHostname")));
        await().until(() -> Integer.valueOf(1).equals(gateway().getStatus().getAttachedListenerSets()));
        assertThat(editor.current().routes()).isEmpty();

        Edits.edit(set("shop", "more"), one -> {
            one.getSpec().getListeners().get(0).setHostname("late.example");
            return one;
        });
        await().until(() -> parents("r").equals(List.of("more True Accepted")));
        await().untilAsserted(
                        () -> assertThat(entry("more", 0).getAttachedRoutes()).isEqualTo(1));
        assertThat(set("shop", "more").get().getStatus().getConditions())
                .allMatch(one -> one.getObservedGeneration() == 2);
        assertThat(editor.current().routes()).hasSize(1);

        set("shop", "more").delete();
        await().until(() -> parents("r").isEmpty() && editor.current().routes().isEmpty());
        await().until(() -> gateway().getStatus().getAttachedListenerSets() == null);
    }

    @Test
    void certificatesAreThoseThatTheListenerSetMayName() throws IOException {
        Map<String, String> pair = pair();
        for (String namespace : List.of("shop", "other")) {
            for (String name : List.of("open", "gateways", "closed")) {
                cluster.client()
                        .resource(new SecretBuilder()
                                .withNewMetadata()
                                .withNamespace(namespace)
                                .withName(name)
                                .endMetadata()
                                .withType("kubernetes.io/tls")
                                .withData(pair)
                                .build())
                        .create();
            }
        }
        grant("ListenerSet", "open");
        grant("Gateway", "gateways");
        start(HTTP);
        set("shop", "own", https("a", 443, "{name: closed}"));
        set("shop", "open", https("a", 444, "{name: open, namespace: other}"));
        set("shop", "gateways", https("a", 445, "{name: gateways, namespace: other}"));
        set("shop", "gone", https("a", 446, "{name: gone}"));

        await().untilAsserted(() -> assertThat(List.of("own", "open", "gateways", "gone"))
                .extracting(one -> said(one, "Accepted") + ", "
                        + said(entry(one, 0).getConditions(), "ResolvedRefs") + ", " + said(one, "Programmed"))
                .containsExactly(
                        "True Accepted, True ResolvedRefs, True Programmed",
                        "True Accepted, True ResolvedRefs, True Programmed",
                        "False ListenersNotValid, False RefNotPermitted, False ListenersNotValid",
                        "False ListenersNotValid, False InvalidCertificateRef, False ListenersNotValid"));

        Path files = folder.resolve("certificates");
        try (GatewayCertificates certificates = new GatewayCertificates(client, "laneway", files)) {
            certificates.start(Duration.ofMillis(20));
            await().until(() ->
                    Files.exists(files.resolve("shop.closed.key")) && Files.exists(files.resolve("other.open.key")));
            assertThat(files.resolve("other.gateways.key")).doesNotExist();
        }
    }

    @Test
    void aRouteThatIsRefusedIsNotCounted() {
        start("{name: http, port: 80, protocol: HTTP}");
        route("good", "{name: laneway}", "");
        cluster.server().takeEverySpec();
        route("odd", "{name: laneway}", "unknown: {x: y}, ");
        await().until(() -> parents("odd").equals(List.of("laneway False UnsupportedValue")));
        await().until(() -> gateway().getStatus().getListeners().get(0).getAttachedRoutes() == 1);
    }

    @Test
    void whatOthersSaidStaysAndListenerSetsOfOtherGatewaysAreLeftAlone() {
        start("{name: http, port: 80, protocol: HTTP}");
        set("shop", "more", HTTP);
        set("shop", "theirs", HTTP, "another");
        await().until(() -> said("more", "Accepted").equals("True Accepted"));
        set("shop", "more").editStatus(one -> {
            one.getStatus().getConditions().add(foreign());
            one.getStatus().getListeners().get(0).getConditions().add(foreign());
            return one;
        });
        Edits.edit(set("shop", "more"), one -> {
            one.getSpec().getListeners().get(0).setPort(81);
            return one;
        });
        await().until(() -> set("shop", "more").get().getStatus().getConditions().stream()
                .anyMatch(one -> Long.valueOf(2).equals(one.getObservedGeneration())));
        assertThat(said("more", "x.example/Seeded")).isEqualTo("True Seeded");
        assertThat(said(entry("more", 0).getConditions(), "x.example/Seeded")).isEqualTo("True Seeded");
        assertThat(said("theirs", "Accepted")).isEqualTo("Unknown Pending");
    }

    @Test
    void aClusterWithoutListenerSetsHasItsGateways() {
        cluster.server().refuseAll("listenersets", 404);
        start("{name: http, port: 80, protocol: HTTP}");
        route("r", "{name: laneway}", "");
        await().until(() -> parents("r").equals(List.of("laneway True Accepted")));
        assertThat(cluster.server().refusals("listenersets")).isPositive();
    }

    private static Condition foreign() {
        return new ConditionBuilder()
                .withType("x.example/Seeded")
                .withStatus("True")
                .withReason("Seeded")
                .withMessage("")
                .withLastTransitionTime("2026-11-30T00:00:00Z")
                .build();
    }

    private void start(String listeners) {
        cluster.client().resource(service("order", null, "http").build()).create();
        GatewayObjects.create(
                cluster.client(), "shop", listeners + "], allowedListeners: {namespaces: {from: Same}}, addresses: [");
        routes.start();
    }

    private static Map<String, String> pair() throws IOException {
        SelfSignedCertificate pem = SelfSignedCertificate.create("set.example");
        Map<String, String> pair =
                Map.of("tls.crt", text(pem.certificatePath()), "tls.key", text(pem.privateKeyPath()));
        pem.delete();
        return pair;
    }

    private static String text(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    }

    private static String https(String name, int port, String ref) {
        return "{name: " + name + ", port: " + port + ", protocol: HTTPS, tls: {certificateRefs: [" + ref + "]}}";
    }

    private void grant(String kind, String secret) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n"
                                + "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata:"
                                + " {namespace: other, name: " + secret
                                + "}, spec: {from: [{group: gateway.networking.k8s.io, kind: "
                                + kind + ", namespace: shop}], to: [{group: '', kind: Secret, name: " + secret
                                + "}]}}",
                        ReferenceGrant.class))
                .create();
    }

    private void set(String namespace, String name, String listeners) {
        set(namespace, name, listeners, "laneway");
    }

    private void set(String namespace, String name, String listeners, String gateway) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "ListenerSet, metadata: {name: " + name + ", namespace: " + namespace
                                + "}, spec: {parentRef: {name: " + gateway + "}, listeners: [" + listeners + "]}}",
                        ListenerSet.class))
                .create();
    }

    private Resource<ListenerSet> set(String namespace, String name) {
        return cluster.client()
                .resources(ListenerSet.class)
                .inNamespace(namespace)
                .withName(name);
    }

    private void route(String name, String parents, String more) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "HTTPRoute, metadata: {name: " + name + ", namespace: shop}, spec: {" + more
                                + "parentRefs: [" + parents
                                + "], rules: [{backendRefs: [{name: order, port: 80}]}]}}",
                        HTTPRoute.class))
                .create();
    }

    private List<String> parents(String route) {
        HTTPRoute found = cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName(route)
                .get();
        List<String> all = new ArrayList<>();
        if (found.getStatus() != null) {
            for (RouteParentStatus one : found.getStatus().getParents()) {
                all.add(one.getParentRef().getName() + " " + said(one.getConditions(), "Accepted"));
            }
        }
        return all;
    }

    private Gateway gateway() {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("laneway")
                .get();
    }

    private ListenerEntryStatus entry(String set, int index) {
        var status = set("shop", set).get().getStatus();
        assertThat(status).as("status of " + set).isNotNull();
        assertThat(status.getListeners()).as("listeners of " + set).hasSizeGreaterThan(index);
        return status.getListeners().get(index);
    }

    private String said(String set, String type) {
        ListenerSet found = set("shop", set).get();
        return found.getStatus() == null ? "" : said(found.getStatus().getConditions(), type);
    }

    private static String said(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason())
                .findFirst()
                .orElse("");
    }
}
