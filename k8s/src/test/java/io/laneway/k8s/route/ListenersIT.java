package io.laneway.k8s.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ListenerStatus;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.ParametersReferenceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.SupportedFeature;
import io.fabric8.kubernetes.api.model.gatewayapi.v1beta1.ReferenceGrant;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
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
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ListenersIT {

    private static final String API = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: ";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private EdgeRoutes routes;

    @AfterEach
    void close() {
        routes.close();
        client.close();
        cluster.close();
    }

    @Test
    void everyListenerSaysWhyItsCertificatesCannotBeUsed() throws IOException {
        secrets();
        grant();
        start("laneway");
        gateway(
                "laneway",
                https("good", 443, "{name: good}")
                        + https("gone", 444, "{name: gone}")
                        + https("kind", 445, "{name: good, kind: ConfigMap}")
                        + https("group", 446, "{name: good, group: wrong.example}")
                        + https("broken", 447, "{name: broken}")
                        + https("granted", 448, "{name: good, namespace: other}")
                        + https("closed", 449, "{name: secret, namespace: other}"));

        await().until(() -> status("laneway").size() == 7);
        assertThat(status("laneway"))
                .extracting(one -> said(one, "ResolvedRefs") + ", " + said(one, "Programmed"))
                .containsExactly(
                        "True ResolvedRefs, True Programmed",
                        "False InvalidCertificateRef, False Invalid",
                        "False InvalidCertificateRef, False Invalid",
                        "False InvalidCertificateRef, False Invalid",
                        "False InvalidCertificateRef, False Invalid",
                        "True ResolvedRefs, True Programmed",
                        "False RefNotPermitted, False Invalid");
        assertThat(status("laneway")).allMatch(one -> said(one, "Accepted").equals("True Accepted"));
    }

    @Test
    void conditionsOfOthersStayAndHostsThatTwoListenersHaveAreSaid() {
        start("laneway");
        gateway(
                "laneway",
                https("foo", 443, "{name: a}").replace("443", "443, hostname: foo.example")
                        + https("all", 443, "{name: a}").replace("443", "443, hostname: '*.example'")
                        + https("other", 444, "{name: a}").replace("444", "444, hostname: foo.example")
                        + https("apart", 443, "{name: a}").replace("443", "443, hostname: foo.test"));
        await().until(() -> status("laneway").size() == 4);
        assertThat(status("laneway"))
                .extracting(one -> said(one, "OverlappingTLSConfig"))
                .containsExactly("True OverlappingHostnames", "True OverlappingHostnames", "", "");

        seed();
        Edits.edit(cluster.client().resources(Gateway.class).inNamespace("shop").withName("laneway"), one -> {
            one.getSpec().getListeners().get(3).setHostname("bar.example");
            return one;
        });
        await().until(() ->
                said(status("laneway").get(3), "OverlappingTLSConfig").startsWith("True"));
        assertThat(said(status("laneway").get(3), "x.example/Seeded")).isEqualTo("True Seeded");
        assertThat(said("laneway", "x.example/Seeded")).isEqualTo("True Seeded");
    }

    @Test
    void aSecretThatMayNotBeReadIsTakenForRight() {
        cluster.server().refuseAll("secrets/closed", 403);
        start("laneway");
        gateway("laneway", https("a", 443, "{name: closed}") + https("b", 444, "{name: gone}"));

        await().until(() -> status("laneway").size() == 2);
        assertThat(status("laneway"))
                .extracting(one -> said(one, "ResolvedRefs"))
                .containsExactly("True ResolvedRefs", "False InvalidCertificateRef");
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

    @Test
    void listenersThatContradictEachOtherTakeNoRoutes() {
        // Definitions of 1.5 let no two equal listeners through.
        cluster.server().takeEverySpec();
        start("laneway");
        gateway(
                "laneway",
                "{name: http, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP, hostname: a.example},"
                        + " {name: b, port: 81, protocol: TLS, hostname: b.example},"
                        + " {name: c, port: 82, protocol: HTTP, hostname: c.example},"
                        + " {name: d, port: 82, protocol: HTTP, hostname: C.example},"
                        + " {name: odd, port: 83, protocol: example.com/odd},"
                        + " {name: kinds, port: 84, protocol: HTTP, allowedRoutes: {kinds: [{kind: Odd}]}}");
        route("r", "{name: laneway}");

        await().until(() ->
                status("laneway").size() == 7 && status("laneway").get(0).getAttachedRoutes() == 1);
        assertThat(status("laneway"))
                .extracting(one -> one.getName() + " " + one.getAttachedRoutes() + ": " + said(one, "Accepted") + ", "
                        + said(one, "Conflicted") + ", " + said(one, "ResolvedRefs"))
                .containsExactly(
                        "http 1: True Accepted, False NoConflicts, True ResolvedRefs",
                        "a 0: False Invalid, True ProtocolConflict, True ResolvedRefs",
                        "b 0: False Invalid, True ProtocolConflict, False InvalidCertificateRef",
                        "c 0: False Invalid, True HostnameConflict, True ResolvedRefs",
                        "d 0: False Invalid, True HostnameConflict, True ResolvedRefs",
                        "odd 0: False UnsupportedProtocol, False NoConflicts, True ResolvedRefs",
                        "kinds 0: True Accepted, False NoConflicts, False InvalidRouteKinds");
        assertThat(said("laneway", "Accepted")).isEqualTo("True ListenersNotValid");
    }

    @Test
    void aGatewayOfWhichNothingIsValidIsNotAccepted() {
        start("*");
        gateway("none", "{name: odd, port: 80, protocol: example.com/odd}");
        gateway(
                "parameters",
                "{name: http, port: 80, protocol: HTTP}], infrastructure: {parametersRef: {group: x, kind: Y, name:"
                        + " z}}, addresses: [");
        gateway("empty", "{name: http, port: 80, protocol: HTTP}], addresses: [{type: IPAddress}");
        gateway("strange", "{name: http, port: 80, protocol: HTTP}], addresses: [{value: 192.0.2.9}");
        gateway("type", "{name: http, port: 80, protocol: HTTP}], addresses: [{type: x.example/odd, value: y}");

        await().until(() -> said("none", "Accepted").equals("False ListenersNotValid"));
        await().until(() -> said("parameters", "Accepted").equals("False InvalidParameters"));
        await().until(() -> said("empty", "Programmed").equals("True Programmed"));
        await().until(() -> said("strange", "Programmed").equals("False AddressNotUsable"));
        await().until(() -> said("type", "Accepted").equals("False UnsupportedAddress"));
    }

    /** What a Gateway asks for and no gateway does must not be taken for done. */
    @Test
    void whereClientsAreToShowCertificatesNobodyIsLetIn() throws IOException {
        secrets();
        start("laneway");
        gateway(
                "laneway",
                "{name: http, port: 80, protocol: HTTP}, " + https("open", 444, "{name: good}")
                        + https("shut", 443, "{name: good}")
                        + "], tls: {backend: {clientCertificateRef: {name: good}}, frontend: {default: {validation:"
                        + " {caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]}}, perPort: [{port: 444, tls:"
                        + " {}}]}}, addresses: [");
        route("r", "{name: laneway}");

        await().until(() -> status("laneway").size() == 3);
        assertThat(status("laneway"))
                .extracting(one -> one.getName() + ": " + said(one, "Accepted") + ", " + said(one, "Programmed"))
                .containsExactly(
                        "http: True Accepted, True Programmed",
                        "open: True Accepted, True Programmed",
                        "shut: False NoValidCACertificate, False Invalid");
        assertThat(said("laneway", "ResolvedRefs")).isEqualTo("False InvalidClientCertificateRef");
        await().until(() -> status("laneway").get(0).getAttachedRoutes() == 1);
    }

    @Test
    void everyGatewayOfTheClassIsServedWhereNoneIsNamedAndThoseOfOthersAreLeftAlone() {
        start("*");
        gateway("one", "{name: http, port: 80, protocol: HTTP}");
        gateway("two", "{name: http, port: 80, protocol: HTTP}");
        cluster.client()
                .resource(yaml.unmarshal(
                        API
                                + "Gateway, metadata: {name: istio, namespace: shop}, spec: {gatewayClassName: istio,"
                                + " listeners: [{name: http, port: 80, protocol: HTTP}]}}",
                        Gateway.class))
                .create();
        route("r", "{name: one}, {name: two}, {name: istio}, {name: gone}");

        await().until(() -> status("two").size() == 1 && status("two").get(0).getAttachedRoutes() == 1);
        assertThat(status("one").get(0).getAttachedRoutes()).isEqualTo(1);
        assertThat(route("r").getStatus().getParents())
                .extracting(one -> one.getParentRef().getName())
                .containsExactly("one", "two");
        assertThat(said("istio", "Accepted")).isEqualTo("Unknown Pending");
    }

    /** An API server refuses a status that lacks what its schema requires, empty lists included. */
    @Test
    void whatTheSchemaRequiresIsInAStatusEvenIfItIsEmpty() {
        start("laneway");
        gateway("laneway", "{name: odd, port: 80, protocol: example.com/odd}");
        route("r", "{name: laneway}");
        await().until(() -> status("laneway").size() == 1);
        await().until(() -> route("r").getStatus() != null);
        assertThat(cluster.client().raw("/apis/gateway.networking.k8s.io/v1/namespaces/shop/gateways/laneway"))
                .contains("\"supportedKinds\":[]", "\"attachedRoutes\":0");

        cluster.client().resource(route("r")).edit(one -> {
            one.getSpec().getParentRefs().get(0).setName("istio");
            return one;
        });
        await().until(() -> cluster.client()
                .raw("/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes/r")
                .contains("\"parents\":[]"));
    }

    @Test
    void theClassSaysWhatItCanDoInOrder() {
        start("laneway");
        await().until(() -> ofClass("Accepted").equals("True Accepted"));
        assertThat(gatewayClass().getStatus().getSupportedFeatures())
                .extracting(SupportedFeature::getName)
                .contains("Gateway", "HTTPRoute", "GRPCRoute", "ReferenceGrant", "HTTPRouteMethodMatching")
                .isSorted();
        assertThat(gatewayClass().getStatus().getConditions())
                .allMatch(one -> Objects.equals(
                        one.getObservedGeneration(),
                        gatewayClass().getMetadata().getGeneration()));
    }

    @Test
    void theClassSaysWhetherTheVersionOfTheDefinitionsIsSupported() {
        definition("v1.5.0");
        start("laneway");
        await().until(() -> ofClass("SupportedVersion").equals("True SupportedVersion"));
        definition("v0.0.0");
        // What is said of a class is looked at again with the next change, and every half minute.
        gateway("laneway", "{name: http, port: 80, protocol: HTTP}");
        await().until(() -> ofClass("SupportedVersion").equals("False UnsupportedVersion"));
        assertThat(ofClass("Accepted")).isEqualTo("True Accepted");
    }

    @Test
    void aClassWithParametersIsNotAcceptedAndItsGatewaysAreLeftAlone() {
        start("*");
        gateway("one", "{name: http, port: 80, protocol: HTTP}");
        await().until(() -> said("one", "Accepted").equals("True Accepted"));
        Edits.edit(cluster.client().resources(GatewayClass.class).withName("laneway"), one -> {
            one.getSpec()
                    .setParametersRef(new ParametersReferenceBuilder()
                            .withGroup("x.example")
                            .withKind("Settings")
                            .withName("s")
                            .build());
            return one;
        });
        await().until(() -> ofClass("Accepted").equals("False InvalidParameters"));
        gateway("two", "{name: http, port: 80, protocol: HTTP}");
        // What is not ours any more is looked at with each change, and then has nothing new.
        Edits.edit(cluster.client().resources(GatewayClass.class).withName("laneway"), one -> {
            one.getSpec().setParametersRef(null);
            return one;
        });
        await().until(() -> said("two", "Accepted").equals("True Accepted"));
        assertThat(ofClass("Accepted")).isEqualTo("True Accepted");
    }

    private String ofClass(String type) {
        return gatewayClass().getStatus() == null
                ? ""
                : said(gatewayClass().getStatus().getConditions(), type);
    }

    private void definition(String version) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name:"
                                + " gatewayclasses.gateway.networking.k8s.io, annotations:"
                                + " {gateway.networking.k8s.io/bundle-version: " + version + "}}, spec: {group:"
                                + " gateway.networking.k8s.io, scope: Cluster, names: {kind: GatewayClass, plural:"
                                + " gatewayclasses}, versions: [{name: v1, served: true, storage: true}]}}",
                        CustomResourceDefinition.class))
                .createOr(NonDeletingOperation::update);
    }

    private void start(String name) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "GatewayClass, metadata: {name: laneway}, spec: {controllerName:"
                                + " laneway.io/gateway-controller}}",
                        GatewayClass.class))
                .create();
        routes = new EdgeRoutes(
                client,
                new FakeEditor(),
                name,
                DiscoveryRules.DEFAULT,
                () -> HostOwners.NONE,
                new NotedFindings(),
                Clock.systemUTC());
        routes.start();
    }

    private static String https(String name, int port, String ref) {
        return "{name: " + name + ", port: " + port + ", protocol: HTTPS, tls: {certificateRefs: [" + ref + "]}}, ";
    }

    private void secrets() throws IOException {
        SelfSignedCertificate pem = SelfSignedCertificate.create("shop.example");
        Map<String, String> pair =
                Map.of("tls.crt", text(pem.certificatePath()), "tls.key", text(pem.privateKeyPath()));
        pem.delete();
        secret("shop", "good", pair);
        secret("other", "good", pair);
        secret("other", "secret", pair);
        secret("shop", "broken", Map.of("tls.crt", "SGVsbG8gd29ybGQK", "tls.key", "SGVsbG8gd29ybGQK"));
    }

    private static String text(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    }

    private void secret(String namespace, String name, Map<String, String> data) {
        cluster.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName(name)
                        .endMetadata()
                        .withType("kubernetes.io/tls")
                        .withData(data)
                        .build())
                .create();
    }

    private void grant() {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n"
                                + "{apiVersion: gateway.networking.k8s.io/v1beta1, kind: ReferenceGrant, metadata:"
                                + " {namespace: other, name: g}, spec: {from: [{group: gateway.networking.k8s.io, kind:"
                                + " Gateway, namespace: shop}], to: [{group: '', kind: Secret, name: good}, {group: '',"
                                + " kind: Service, name: secret}]}}",
                        ReferenceGrant.class))
                .create();
    }

    private void gateway(String name, String listeners) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "Gateway, metadata: {name: " + name
                                + ", namespace: shop}, spec: {gatewayClassName: laneway, listeners: [" + listeners
                                + "]}}",
                        Gateway.class))
                .create();
    }

    private void route(String name, String parents) {
        cluster.client()
                .resource(yaml.unmarshal(
                        API + "HTTPRoute, metadata: {name: " + name + ", namespace: shop}, spec: {parentRefs: ["
                                + parents
                                + "], rules: [{filters: [{type: RequestRedirect, requestRedirect: {scheme:"
                                + " https}}]}]}}",
                        HTTPRoute.class))
                .create();
    }

    private HTTPRoute route(String name) {
        return cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private GatewayClass gatewayClass() {
        return cluster.client()
                .resources(GatewayClass.class)
                .withName("laneway")
                .get();
    }

    private Gateway gateway(String name) {
        return cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private List<ListenerStatus> status(String name) {
        Gateway gateway = gateway(name);
        return gateway.getStatus() == null ? List.of() : gateway.getStatus().getListeners();
    }

    private String said(String name, String type) {
        Gateway gateway = gateway(name);
        return gateway.getStatus() == null ? "" : said(gateway.getStatus().getConditions(), type);
    }

    private void seed() {
        cluster.client()
                .resources(Gateway.class)
                .inNamespace("shop")
                .withName("laneway")
                .editStatus(one -> {
                    one.getStatus().getListeners().get(3).getConditions().add(foreign());
                    one.getStatus().getConditions().add(foreign());
                    return one;
                });
    }

    private static String said(ListenerStatus listener, String type) {
        return said(listener.getConditions(), type);
    }

    private static String said(List<Condition> conditions, String type) {
        return conditions.stream()
                .filter(one -> one.getType().equals(type))
                .map(one -> one.getStatus() + " " + one.getReason())
                .findFirst()
                .orElse("");
    }
}
