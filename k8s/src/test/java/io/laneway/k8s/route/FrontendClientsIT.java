package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.discovery.DiscoveryRules;
import io.laneway.k8s.finding.NotedFindings;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.model.route.Route;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Certificates of clients that Gateways ask for by {@code tls.frontend}, as the Gateway API's own tests want them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class FrontendClientsIT {

    private static final String API = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: ";
    private static final String SECURE = ", protocol: HTTPS, tls: {certificateRefs: [{name: c}]}}";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final FakeEditor editor = new FakeEditor();
    private final EdgeRoutes routes = new EdgeRoutes(
            client, editor, "*", DiscoveryRules.DEFAULT, () -> HostOwners.NONE, new NotedFindings(), Clock.systemUTC());

    @BeforeEach
    void start() {
        // Whose Secrets it may not read are taken for right.
        cluster.server().refuseAll("secrets", 403);
        cluster.client().resource(service("order", null, "http").build()).create();
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "GatewayClass, metadata: {name: laneway}, spec: {controllerName:"
                                + " laneway.io/gateway-controller}}",
                        GatewayClass.class))
                .create();
        routes.start();
    }

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void clientsAreAskedByTheDefaultAndOtherwiseAtItsOwnPort() throws IOException {
        String first = configMap("shop", "ca");
        String second = configMap("shop", "other-ca");
        gateway(
                "{name: http, port: 80, protocol: HTTP}, {name: https, port: 443" + SECURE
                        + ", {name: own, port: 8443, hostname: second-example.org" + SECURE
                        + ", {name: none, port: 9443, hostname: third-example.org" + SECURE,
                "default: {validation: {caCertificateRefs: [" + ref("ConfigMap", "ca") + "]}}, perPort: [{port: 8443,"
                        + " tls: {validation: {caCertificateRefs: [" + ref("ConfigMap", "other-ca")
                        + "]}}}, {port: 9443, tls: {}}]");
        route();

        await().until(() -> said("Accepted").equals("True Accepted"));
        assertThat(listeners())
                .containsExactly(
                        "http: True Accepted, True ResolvedRefs, True Programmed",
                        "https: True Accepted, True ResolvedRefs, True Programmed",
                        "own: True Accepted, True ResolvedRefs, True Programmed",
                        "none: True Accepted, True ResolvedRefs, True Programmed");
        assertThat(said("InsecureFrontendValidationMode")).isEmpty();
        await().until(() -> asked().size() == 2);
        assertThat(asked())
                .extracting(one -> one.hosts() + " " + one.match().ports() + " " + asked(one))
                .containsExactly("[] [443] false " + first, "[second-example.org] [8443] false " + second);
    }

    @Test
    void anInsecureFallbackIsSaidOfTheGateway() throws IOException {
        String pem = configMap("shop", "ca");
        gateway(
                "{name: https, port: 443" + SECURE,
                "default: {validation: {mode: AllowInsecureFallback, caCertificateRefs: [" + ref("ConfigMap", "ca")
                        + "]}}");

        await().until(() -> said("InsecureFrontendValidationMode").equals("True ConfigurationChanged"));
        await().until(() -> asked().size() == 1);
        assertThat(asked(asked().get(0))).isEqualTo("true " + pem);

        cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("g")
                .edit(one -> {
                    one.getSpec()
                            .getTls()
                            .getFrontend()
                            .getDefault()
                            .getValidation()
                            .setMode("AllowValidOnly");
                    return one;
                });
        await().until(() -> said("InsecureFrontendValidationMode").isEmpty());
        await().until(() -> asked(asked().get(0)).equals("false " + pem));
    }

    @Test
    void withoutAUsableAuthorityNoClientIsTakenAndPlainHttpServes() throws IOException {
        configMap("other", "ca");
        configMap("shop", "empty", Map.of("ca.crt", "nothing"));
        gateway(
                "{name: http, port: 80, protocol: HTTP}, {name: missing, port: 443" + SECURE
                        + ", {name: kind, port: 444" + SECURE + ", {name: grant, port: 445" + SECURE
                        + ", {name: malformed, port: 446" + SECURE,
                "default: {validation: {caCertificateRefs: [" + ref("ConfigMap", "gone") + "]}}, perPort: ["
                        + at(444, ref("Secret", "ca")) + ", "
                        + at(445, "{group: '', kind: ConfigMap, name: ca, namespace: other}") + ", "
                        + at(446, ref("ConfigMap", "empty")) + "]");
        route();

        await().until(() -> said("Accepted").equals("True ListenersNotValid"));
        assertThat(listeners())
                .containsExactly(
                        "http: True Accepted, True ResolvedRefs, True Programmed",
                        "missing: False NoValidCACertificate, False InvalidCACertificateRef, False Invalid",
                        "kind: False NoValidCACertificate, False InvalidCACertificateKind, False Invalid",
                        "grant: False NoValidCACertificate, False RefNotPermitted, False Invalid",
                        "malformed: False NoValidCACertificate, False InvalidCACertificateRef, False Invalid");
        await().until(() -> asked().size() == 4);
        assertThat(asked()).extracting(one -> one.action().clients()).containsOnly(new ClientAuthorities("", false));

        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n"
                                + "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata:"
                                + " {namespace: other, name: g}, spec: {from: [{group: gateway.networking.k8s.io, kind:"
                                + " Gateway, namespace: shop}], to: [{group: '', kind: ConfigMap, name: ca}]}}",
                        ReferenceGrant.class))
                .create();
        await().until(() -> listeners().get(3).equals("grant: True Accepted, True ResolvedRefs, True Programmed"));
    }

    @Test
    void oneUsableAuthorityOfSeveralIsEnough() throws IOException {
        String pem = configMap("shop", "ca");
        gateway(
                "{name: https, port: 443" + SECURE,
                "default: {validation: {caCertificateRefs: [" + ref("ConfigMap", "gone") + ", " + ref("ConfigMap", "ca")
                        + "]}}");

        await().until(() ->
                listeners().equals(List.of("https: True Accepted, False InvalidCACertificateRef, True Programmed")));
        await().until(() -> asked().size() == 1);
        assertThat(asked(asked().get(0))).isEqualTo("false " + pem);
    }

    @Test
    void whatMayNotBeReadIsNotUsable() throws IOException {
        cluster.server().refuseAll("configmaps", 403);
        gateway(
                "{name: https, port: 443" + SECURE,
                "default: {validation: {caCertificateRefs: [" + ref("ConfigMap", "ca") + "]}}");

        await().until(() -> listeners()
                .equals(List.of("https: False NoValidCACertificate, False InvalidCACertificateRef, False Invalid")));
    }

    private static String ref(String kind, String name) {
        return "{group: '', kind: " + kind + ", name: " + name + "}";
    }

    private static String at(int port, String ref) {
        return "{port: " + port + ", tls: {validation: {caCertificateRefs: [" + ref + "]}}}";
    }

    private List<Route> asked() {
        return editor.current().routes().stream()
                .filter(one -> one.action().clients() != null)
                .toList();
    }

    /** A new authority in a ConfigMap, as the table has it. */
    private String configMap(String namespace, String name) throws IOException {
        SelfSignedCertificate made = SelfSignedCertificate.create(name);
        String pem = Files.readString(Path.of(made.certificatePath()));
        made.delete();
        configMap(namespace, name, Map.of("ca.crt", pem));
        return pem.replaceAll("\\s", "");
    }

    /** What a route asks: whether it is optional, and the authorities without their lines. */
    private static String asked(Route route) {
        ClientAuthorities clients = route.action().clients();
        return clients == null
                ? ""
                : clients.optional() + " " + clients.authorities().replaceAll("\\s", "");
    }

    private void configMap(String namespace, String name, Map<String, String> data) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    private void gateway(String listeners, String frontend) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "Gateway, metadata: {name: g, namespace: shop}, spec: {gatewayClassName: laneway,"
                                + " listeners: [" + listeners + "], tls: {frontend: {" + frontend + "}}}}",
                        Gateway.class))
                .create();
    }

    private void route() {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "HTTPRoute, metadata: {name: r, namespace: shop}, spec: {parentRefs: [{name: g}], rules:"
                                + " [{backendRefs: [{name: order, port: 80}]}]}}",
                        HTTPRoute.class))
                .create();
    }

    private Gateway gateway() {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("g")
                .get();
    }

    private List<String> listeners() {
        Gateway gateway = gateway();
        List<ListenerStatus> all =
                gateway.getStatus() == null ? List.of() : gateway.getStatus().getListeners();
        return all.stream()
                .map(one -> one.getName() + ": " + said(one.getConditions(), "Accepted") + ", "
                        + said(one.getConditions(), "ResolvedRefs") + ", " + said(one.getConditions(), "Programmed"))
                .toList();
    }

    private String said(String type) {
        Gateway gateway = gateway();
        return gateway.getStatus() == null ? "" : said(gateway.getStatus().getConditions(), type);
    }

    private static String said(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason())
                .findFirst()
                .orElse("");
    }
}
