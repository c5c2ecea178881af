package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.RouteParentStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRoute;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.backend.BackendPolicies;
import io.laneway.k8s.backend.PolicyWatch;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.route.gateway.ListenerSecrets;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.UpstreamTls;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** TLSRoutes, listeners that pass TLS on, and listeners of one port that keep to their own hosts. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class TlsRoutesIT {

    private static final String TLS = ", protocol: TLS, tls: {mode: Passthrough}";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final FakeEditor editor = new FakeEditor();
    private final BackendPolicies policies = new BackendPolicies();
    private final EdgeRoutes routes = new EdgeRoutes(
                    client,
                    editor,
                    "laneway",
                    DiscoveryRules.DEFAULT,
                    () -> HostOwners.NONE,
                    new NotedFindings(),
                    Clock.systemUTC())
            .withPolicies(policies);

    @BeforeEach
    void start() {
        cluster.client()
                .resource(service("sealed", null, "tls-8443")
                        .editSpec()
                        .withClusterIP("10.96.0.7")
                        .endSpec()
                        .build())
                .create();
        cluster.client().resource(service("order", null, "http").build()).create();
    }

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    private void gateway(String listeners) {
        // What this version's definitions refuse, those of others let through.
        cluster.server().takeEverySpec();
        GatewayObjects.create(cluster.client(), "shop", listeners);
        routes.start();
    }

    @Test
    void aTlsRouteLeadsConnectionsToTheAddressOfItsService() {
        gateway("{name: tls, port: 443, hostname: '*.example.com'" + TLS + "}");
        tls("a", "laneway", "abc.example.com", "{name: sealed, port: 8443, weight: 3}, {name: gone, port: 1}");

        await().until(() -> said(tls("a"), "Accepted").equals("True Accepted"));
        await().until(() -> said(tls("a"), "ResolvedRefs").equals("False BackendNotFound"));
        assertThat(editor.current().routes())
                .containsExactly(
                        connections("abc.example.com", RoutePart.to("10.96.0.7:8443", 3), RoutePart.response(500, 1)));
        await().until(() -> listener(0) != null && listener(0).getAttachedRoutes() == 1);
        assertThat(listener(0).getSupportedKinds())
                .extracting(one -> one.getKind())
                .containsExactly("TLSRoute");
    }

    @Test
    void routesAreTakenByListenersOfTheirOwnProtocolAlone() {
        gateway("{name: tls, port: 443" + TLS + "}, {name: http, port: 80, protocol: HTTP},"
                + " {name: odd, port: 81, protocol: HTTP, allowedRoutes: {kinds: [{kind: TLSRoute}]}},"
                + " {name: strange, port: 8443, protocol: TLS, tls: {mode: Other}}");
        tls("a", "laneway, sectionName: http", "abc.example.com", "{name: sealed, port: 8443}");
        http("b", "laneway, sectionName: tls", "abc.example.com");

        await().until(() -> said(tls("a"), "Accepted").equals("False NotAllowedByListeners"));
        await().until(() -> said(http("b"), "Accepted").equals("False NotAllowedByListeners"));
        await().until(() -> listener(3) != null);
        assertThat(said(listener(2).getConditions(), "ResolvedRefs")).isEqualTo("False InvalidRouteKinds");
        assertThat(said(listener(3).getConditions(), "Accepted")).isEqualTo("False UnsupportedValue");
        assertThat(editor.current().routes()).isEmpty();
    }

    @Test
    void aListenerThatEndsTlsPassesOnWhatItCarries() throws IOException {
        secret("c");
        gateway("{name: ends, port: 8883, hostname: '*.example.com'" + ending("name: c") + "}");
        tls("a", "laneway", "abc.example.com", "{name: sealed, port: 8443, weight: 3}, {name: gone, port: 1}");

        await().until(() -> said(tls("a"), "Accepted").equals("True Accepted"));
        await().until(() -> said(tls("a"), "ResolvedRefs").equals("False BackendNotFound"));
        assertThat(editor.current().routes())
                .containsExactly(
                        content("abc.example.com", RoutePart.to("10.96.0.7:8443", 3), RoutePart.response(500, 1)));
        await().until(() -> listener(0) != null && listener(0).getAttachedRoutes() == 1);
        assertThat(said(listener(0).getConditions(), "ResolvedRefs")).isEqualTo("True ResolvedRefs");
        assertThat(said(listener(0).getConditions(), "Programmed")).isEqualTo("True Programmed");
        assertThat(listener(0).getSupportedKinds().get(0).getKind()).isEqualTo("TLSRoute");
        assertThat(ListenerSecrets.read(cluster.client(), "laneway"))
                .extracting(one -> one.getMetadata().getName())
                .containsExactly("c");
    }

    @Test
    void aListenerThatEndsTlsNeedsCertificatesThatItMayHave() {
        gateway("{name: none, port: 8883, protocol: TLS, tls: {mode: Terminate}}, {name: missing, port: 8884"
                + ending("name: gone") + "}, {name: foreign, port: 8885" + ending("name: c, namespace: other")
                + "}, {name: kind, port: 8886" + ending("name: c, kind: ConfigMap")
                + "}, {name: passes, port: 8887" + TLS + "}, {name: http, port: 8888, protocol: TLS, tls: {mode:"
                + " Terminate, certificateRefs: [{name: gone}]}, allowedRoutes: {kinds: [{kind: HTTPRoute}]}}");

        await().until(() -> listener(5) != null);
        for (int i = 0; i < 6; i++) {
            assertThat(said(listener(i).getConditions(), "Accepted")).isEqualTo("True Accepted");
        }
        assertThat(said(listener(0).getConditions(), "ResolvedRefs")).isEqualTo("False InvalidCertificateRef");
        assertThat(said(listener(1).getConditions(), "ResolvedRefs")).isEqualTo("False InvalidCertificateRef");
        assertThat(said(listener(1).getConditions(), "Programmed")).isEqualTo("False Invalid");
        assertThat(said(listener(2).getConditions(), "ResolvedRefs")).isEqualTo("False RefNotPermitted");
        assertThat(said(listener(3).getConditions(), "ResolvedRefs")).isEqualTo("False InvalidCertificateRef");
        assertThat(said(listener(4).getConditions(), "ResolvedRefs")).isEqualTo("True ResolvedRefs");
        assertThat(said(listener(5).getConditions(), "ResolvedRefs")).isEqualTo("False InvalidRouteKinds");
    }

    @Test
    void listenersOfBothModesShareAPortByTheirHosts() throws IOException {
        secret("c");
        gateway("{name: ends, port: 8883, hostname: tls.example.com" + ending("name: c")
                + "}, {name: passes, port: 8883, hostname: '*.example.com'" + TLS
                + "}, {name: again, port: 8884, hostname: tls.example.com" + ending("name: c")
                + "}, {name: other, port: 8884, hostname: tls.example.com" + TLS + "}");
        tls("a", "laneway", "'*.example.com'", "{name: sealed, port: 8443}");

        await().until(() -> said(tls("a"), "Accepted").equals("True Accepted"));
        assertThat(editor.current().routes())
                .containsExactly(
                        connections("*.example.com", RoutePart.to("10.96.0.7:8443", 1)),
                        content("tls.example.com", RoutePart.to("10.96.0.7:8443", 1)));
        await().until(() -> listener(3) != null && listener(1).getAttachedRoutes() == 1);
        assertThat(said(listener(0).getConditions(), "Conflicted")).isEqualTo("False NoConflicts");
        assertThat(said(listener(1).getConditions(), "Conflicted")).isEqualTo("False NoConflicts");
        assertThat(said(listener(2).getConditions(), "Conflicted")).isEqualTo("True HostnameConflict");
        assertThat(said(listener(3).getConditions(), "Conflicted")).isEqualTo("True HostnameConflict");
    }

    @Test
    void whatANarrowListenerThatEndsTlsHasNoRouteForIsClosed() throws IOException {
        secret("c");
        gateway("{name: ends, port: 8883, hostname: tls.example.com" + ending("name: c")
                + "}, {name: passes, port: 8883, hostname: '*.example.com'" + TLS + "}");
        tls("a", "laneway, sectionName: passes", "'*.example.com'", "{name: sealed, port: 8443}");

        await().until(() -> said(tls("a"), "Accepted").equals("True Accepted"));
        assertThat(editor.current().routes())
                .containsExactly(
                        connections("*.example.com", RoutePart.to("10.96.0.7:8443", 1)),
                        connections("tls.example.com", RoutePart.response(404, 1)));
    }

    @Test
    void whatGoesOnGoesByTlsWhereAPolicySaysSoAndNotAtAllWithoutAnAuthority() throws IOException {
        secret("c");
        policy("sealed", "wellKnownCACertificates: System, hostname: inner.example.com");
        try (PolicyWatch watch = new PolicyWatch(client, policies)) {
            gateway("{name: ends, port: 8883, hostname: tls.example.com" + ending("name: c")
                    + "}, {name: passes, port: 8884" + TLS + "}");
            tls("a", "laneway", "tls.example.com", "{name: sealed, port: 8443}");
            watch.start();
            RoutePart sealed =
                    RoutePart.to("10.96.0.7:8443", 1, new UpstreamTls(null, "inner.example.com", null, null, true));
            await().until(() -> !editor.current().routes().isEmpty());
            assertThat(editor.current().routes())
                    .extracting(one -> one.action().split())
                    .containsExactlyInAnyOrder(List.of(sealed), List.of(RoutePart.to("10.96.0.7:8443", 1)));
            assertThat(editor.current().revision()).as("never without TLS").isEqualTo(1);

            cluster.client()
                    .resources(BackendTLSPolicy.class)
                    .inNamespace("shop")
                    .withName("sealed")
                    .delete();
            policy("sealed", "caCertificateRefs: [{group: '', kind: ConfigMap, name: gone}], hostname: inner.example");
            await().until(() -> editor.current().routes().stream()
                    .anyMatch(one -> one.action().terminate()
                            && one.action().split().equals(List.of(RoutePart.response(500, 1)))));
        }
    }

    private void policy(String service, String validation) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: "
                                + service + ", namespace: shop}, spec: {targetRefs: [{group: '', kind: Service, name: "
                                + service + "}], validation: {" + validation + "}}}",
                        BackendTLSPolicy.class))
                .create();
    }

    private void secret(String name) throws IOException {
        SelfSignedCertificate pem = SelfSignedCertificate.create("tls.example.com");
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .addToData("tls.crt", base64(pem.certificatePath()))
                        .addToData("tls.key", base64(pem.privateKeyPath()))
                        .build())
                .create();
        pem.delete();
    }

    private static String base64(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    }

    private static String ending(String certificate) {
        return ", protocol: TLS, tls: {mode: Terminate, certificateRefs: [{" + certificate + "}]}";
    }

    @Test
    void listenersThatEndTlsAndThatPassItOnShareAPortByTheirHosts() {
        gateway("{name: wide, port: 443, hostname: '*.example.com'" + TLS + "}, {name: ends, port: 443, hostname:"
                + " end.example.com, protocol: HTTPS, tls:"
                + " {certificateRefs: [{name: c}]}}, {name:"
                + " one, port: 444" + TLS + "},"
                + " {name: two, port: 444, protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}");
        tls("a", "laneway", "'*.example.com'", "{name: sealed, port: 8443}");

        await().until(() -> said(tls("a"), "Accepted").equals("True Accepted"));
        assertThat(editor.current().routes())
                .containsExactly(
                        connections("*.example.com", RoutePart.to("10.96.0.7:8443", 1)),
                        new Route(
                                List.of("end.example.com"),
                                "/",
                                null,
                                false,
                                RouteMatch.ofTls(List.of()),
                                RouteAction.FORWARD));
        await().until(() -> listener(3) != null);
        assertThat(said(listener(0).getConditions(), "Conflicted")).isEqualTo("False NoConflicts");
        assertThat(said(listener(1).getConditions(), "Conflicted")).isEqualTo("False NoConflicts");
        assertThat(said(listener(2).getConditions(), "Conflicted")).isEqualTo("True ProtocolConflict");
        assertThat(said(listener(3).getConditions(), "Conflicted")).isEqualTo("True ProtocolConflict");
    }

    @Test
    void whatComesForANarrowListenerDoesNotFallToAWiderOne() {
        gateway("{name: any, port: 80, protocol: HTTP}, {name: wide, port: 80, protocol: HTTP, hostname:"
                + " '*.example.com'}, {name: narrow, port: 80, protocol: HTTP, hostname: abc.foo.example.com}");
        http("a", "laneway, sectionName: wide", "bar.com, '*.example.com', abc.foo.example.com");
        http("b", "laneway, sectionName: narrow", "abc.foo.example.com, '*.bar.com'");
        http("c", "laneway, sectionName: wide", "abc.foo.example.com");

        await().until(() -> said(http("c"), "Accepted").equals("False NoMatchingListenerHostname"));
        await().until(() -> editor.current().routes().size() == 3);
        assertThat(editor.current().routes())
                .extracting(one ->
                        one.hosts() + " " + one.path() + " " + one.action().split())
                .containsExactly(
                        "[*.example.com] /a []",
                        "[abc.foo.example.com] /b []",
                        "[abc.foo.example.com] / " + List.of(RoutePart.response(404, 1)));
    }

    @Test
    void aClusterWithoutTlsRoutesHasTheOthers() {
        cluster.server().refuseAll("tlsroutes", 404);
        gateway("{name: http, port: 80, protocol: HTTP}");
        http("a", "laneway", "shop.example.com");

        await().until(() -> said(http("a"), "Accepted").equals("True Accepted"));
        assertThat(cluster.server().refusals("tlsroutes")).isPositive();
    }

    private static Route connections(String host, RoutePart... parts) {
        return route(host, RouteAction.passing(List.of(parts), false));
    }

    private static Route content(String host, RoutePart... parts) {
        return route(host, RouteAction.passing(List.of(parts), true));
    }

    private static Route route(String host, RouteAction action) {
        return new Route(List.of(host), "/", null, false, RouteMatch.ofTls(List.of()), action);
    }

    private void tls(String name, String parent, String hosts, String backends) {
        create(TLSRoute.class, "TLSRoute", name, parent, hosts, "backendRefs: [" + backends + "]");
    }

    private void http(String name, String parent, String hosts) {
        create(
                HTTPRoute.class,
                "HTTPRoute",
                name,
                parent,
                hosts,
                "matches: [{path: {type: PathPrefix, value: /" + name + "}}], backendRefs: [{name: order, port: 80}]");
    }

    private <T extends HasMetadata> void create(
            Class<T> type, String kind, String name, String parent, String hosts, String rule) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: " + kind + ", metadata: {name: " + name
                                + ", namespace: shop}, spec: {parentRefs: [{name: " + parent + "}], hostnames: ["
                                + hosts + "], rules: [{" + rule + "}]}}",
                        type))
                .create();
    }

    private List<RouteParentStatus> tls(String name) {
        TLSRoute route = cluster.client()
                .resources(TLSRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
        return route.getStatus() == null ? List.of() : route.getStatus().getParents();
    }

    private List<RouteParentStatus> http(String name) {
        HTTPRoute route = cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
        return route.getStatus() == null ? List.of() : route.getStatus().getParents();
    }

    private ListenerStatus listener(int number) {
        Gateway gateway = cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("laneway")
                .get();
        List<ListenerStatus> all =
                gateway.getStatus() == null ? List.of() : gateway.getStatus().getListeners();
        return all.size() <= number ? null : all.get(number);
    }

    private static String said(Iterable<RouteParentStatus> parents, String type) {
        for (RouteParentStatus parent : parents) {
            return said(parent.getConditions(), type);
        }
        return "";
    }

    private static String said(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason())
                .findFirst()
                .orElse("");
    }
}
