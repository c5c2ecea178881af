package io.laneway.k8s.route;

import static io.laneway.k8s.testkit.Made.slice;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicyBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.PolicyAncestorStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesDeployments;
import io.laneway.k8s.testkit.Edits;
import io.laneway.k8s.testkit.FakeEditor;
import io.laneway.k8s.testkit.Made;
import io.laneway.k8s.testkit.Overlays;
import io.laneway.k8s.testkit.RuledCluster;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.UpstreamTls;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the Gateway API's conformance tests of BackendTLSPolicy want, at an API server with the schemas of its resources: conditions,
 * and how the table says that Services are reached.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BackendTlsIT {

    private static final String YES = "Accepted True Accepted, ResolvedRefs True ResolvedRefs";
    private static final String CONFLICTED = "Accepted False Conflicted, ResolvedRefs True ResolvedRefs";
    private static final String CA = "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]";

    private final RuledCluster cluster = new RuledCluster();
    private final KubernetesClient client = cluster.open();
    private final KubernetesSerialization yaml = new KubernetesSerialization();
    private final Overlays table = new Overlays();
    private final KubernetesConfig config = KubernetesConfig.DEFAULT.forRoutes();
    private final KubernetesDeployments deployments = new KubernetesDeployments(client, config);
    private final EdgeRoutes routes = new EdgeRoutes(
                    client,
                    new FakeEditor(),
                    "laneway",
                    config.rules(),
                    deployments::owners,
                    deployments.noted(),
                    Clock.systemUTC())
            .withPolicies(deployments.policies());

    @BeforeEach
    void start() throws IOException {
        SelfSignedCertificate authority = SelfSignedCertificate.create("authority");
        authority("ca", Map.of("ca.crt", Files.readString(Path.of(authority.certificatePath()))));
        authority.delete();
        GatewayObjects.create(cluster.client(), "shop", "{name: http, port: 80, protocol: HTTP}");
        deployments.start(table);
        routes.start();
    }

    @AfterEach
    void close() {
        routes.close();
        deployments.close();
        client.close();
        cluster.close();
    }

    @Test
    void aServiceWithAPolicyIsReachedByTlsForItsHostname() {
        service("order", "https-443");
        route("order", 443);
        policy("order", "{group: '', kind: Service, name: order}", CA);

        says("order", YES);
        await().until(() -> tls("order", 443) != null);
        UpstreamTls tls = tls("order", 443);
        assertThat(tls.authorities()).startsWith("-----BEGIN CERTIFICATE-----\n");
        assertThat(tls.serverName()).isEqualTo("abc.example");
        assertThat(tls.names()).isEmpty();
        assertThat(tls.verify()).isTrue();
        assertThat(port("order", "master", 443).endpoints()).hasSize(1);
    }

    @Test
    void thePolicyCountsForGrpcRoutesToo() {
        service("order", "grpc-443");
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: GRPCRoute, metadata: {name: order,"
                                + " namespace: shop}, spec: {parentRefs: [{name: laneway}], rules: [{backendRefs:"
                                + " [{name: order, port: 443}]}]}}",
                        GRPCRoute.class))
                .create();
        policy("order", "{group: '', kind: Service, name: order}", CA);

        says("order", YES);
        await().until(() -> tls("order", 443) != null);
        assertThat(port("order", "master", 443).protocol().word()).isEqualTo("h2");
    }

    @Test
    void theSystemsAuthoritiesAreTrustedWhereThePolicySaysSo() {
        service("order", "web-443");
        route("order", 443);
        policy("order", "{group: '', kind: Service, name: order}", "wellKnownCACertificates: System");

        says("order", YES);
        await().until(() -> tls("order", 443) != null);
        assertThat(tls("order", 443).ca()).isNull();
    }

    @Test
    void ofTwoPoliciesForOneServiceTheFirstCounts() {
        service("order", "https-443");
        route("order", 443);
        policy("order-1", "{group: '', kind: Service, name: order}", CA, "first.example");
        policy("order-2", "{group: '', kind: Service, name: order}", CA, "second.example");

        says("order-1", YES);
        says("order-2", CONFLICTED);
        await().until(() -> "first.example".equals(name("order", 443)));
    }

    @Test
    void ofTwoPoliciesForOnePortTheFirstCounts() {
        service("order", "https-443", "https-8443");
        route("order", 443);
        policy("order-1", "{group: '', kind: Service, name: order, sectionName: https-443}", CA, "first.example");
        policy("order-2", "{group: '', kind: Service, name: order, sectionName: https-443}", CA, "second.example");

        says("order-1", YES);
        says("order-2", CONFLICTED);
        await().until(() -> "first.example".equals(name("order", 443)));
        assertThat(port("order", "master", 8443).tls()).isNull();
    }

    @Test
    void aPolicyOfOnePortAndOneOfTheServiceDoNotConflict() {
        service("order", "https-443", "https-8443");
        route("order", 443);
        policy("order-all", "{group: '', kind: Service, name: order}", CA, "all.example");
        policy("order-one", "{group: '', kind: Service, name: order, sectionName: https-443}", CA, "one.example");

        says("order-all", YES);
        says("order-one", YES);
        await().until(() -> "one.example".equals(name("order", 443)) && "all.example".equals(name("order", 8443)));
    }

    @ParameterizedTest
    @CsvSource({
        "ConfigMap, nowhere, InvalidCACertificateRef",
        "ConfigMap, malformed, InvalidCACertificateRef",
        "ConfigMap, empty, InvalidCACertificateRef",
        "Secret, ca, InvalidKind"
    })
    void withoutAnAuthorityTheServiceIsNotReachedAtAll(String kind, String name, String reason) {
        authority("malformed", Map.of("ca.crt", "-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n"));
        authority("empty", Map.of("other", ""));
        service("order", "https-443");
        route("order", 443);
        policy(
                "order",
                "{group: '', kind: Service, name: order}",
                "caCertificateRefs: [{group: '', kind: " + kind + ", name: " + name + "}]");

        says("order", "Accepted False NoValidCACertificate, ResolvedRefs False " + reason);
        await().until(() -> port("order", "master", 443).endpoints().isEmpty());
        assertThat(deployments.findings())
                .singleElement()
                .hasToString("shop/order: unservable_port: port 443 has no endpoints: its BackendTLSPolicy has no"
                        + " certificate to trust (expected: status ResolvedRefs True)");

        // What mends it is noticed: here at once, since the policy changes too.
        edit(
                "order",
                one -> one.editSpec()
                        .editValidation()
                        .editCaCertificateRef(0)
                        .withKind("ConfigMap")
                        .withName("ca")
                        .endCaCertificateRef()
                        .endValidation()
                        .endSpec());
        says("order", YES);
        await().until(() -> !port("order", "master", 443).endpoints().isEmpty() && tls("order", 443) != null);
    }

    @Test
    void oneAuthorityOfTwoIsEnoughAndTheOtherIsSaid() {
        service("order", "https-443");
        route("order", 443);
        policy(
                "order",
                "{group: '', kind: Service, name: order}",
                "caCertificateRefs: [{group: '', kind: ConfigMap, name: nowhere}, {group: '', kind: ConfigMap, name:"
                        + " ca}]");

        says("order", "Accepted True Accepted, ResolvedRefs False InvalidCACertificateRef");
        await().until(() -> tls("order", 443) != null);
    }

    @Test
    void subjectAltNamesAreWhatIsVerified() {
        service("order", "https-443");
        route("order", 443);
        policy(
                "order",
                "{group: '', kind: Service, name: order}",
                CA + ", subjectAltNames: [{type: URI, uri: 'spiffe://abc.example/id'}, {type: Hostname, hostname:"
                        + " other.example}]");

        says("order", YES);
        await().until(() -> tls("order", 443) != null);
        assertThat(tls("order", 443).names()).containsExactly("spiffe://abc.example/id", "other.example");
        assertThat(tls("order", 443).serverName()).isEqualTo("abc.example");
    }

    @Test
    void conditionsFollowTheGenerationAndWhatOthersSaidStays() {
        service("order", "https-443");
        route("order", 443);
        policy("order", "{group: '', kind: Service, name: order}", CA);
        says("order", YES);
        PolicyAncestorStatus foreign = yaml.unmarshal(
                "---\n{ancestorRef: {name: istio}, controllerName: istio.io/gateway-controller,"
                        + " conditions: [{type: Accepted, status: 'True', reason: Accepted, message: '',"
                        + " lastTransitionTime: '2026-11-30T00:00:00Z'}]}",
                PolicyAncestorStatus.class);
        cluster.client()
                .resource(get("order"))
                .editStatus(one -> new BackendTLSPolicyBuilder(one)
                        .editStatus()
                        .addToAncestors(foreign)
                        .endStatus()
                        .build());

        edit(
                "order",
                one -> one.editSpec()
                        .editValidation()
                        .withHostname("second.example")
                        .endValidation()
                        .endSpec());

        await().until(() -> ours("order").stream()
                .allMatch(one -> one.getConditions().stream()
                        .allMatch(condition ->
                                get("order").getMetadata().getGeneration().equals(condition.getObservedGeneration()))));
        await().until(() -> "second.example".equals(name("order", 443)));
        assertThat(get("order").getStatus().getAncestors())
                .filteredOn(one -> one.getControllerName().startsWith("istio"))
                .singleElement()
                .satisfies(one ->
                        assertThat(one.getConditions()).extracting("reason").containsExactly("Accepted"));

        cluster.client()
                .resources(HTTPRoute.class)
                .inNamespace("shop")
                .withName("order")
                .delete();
        await().until(() -> ours("order").isEmpty());
        assertThat(get("order").getStatus().getAncestors()).hasSize(1);
    }

    @Test
    void aServiceOrPortThatIsNotThereIsSaid() {
        service("order", "https-443");
        route("order", 443);
        policy("port", "{group: '', kind: Service, name: order, sectionName: other}", CA);
        route("nothing", 443);
        policy("service", "{group: '', kind: Service, name: nothing}", CA);

        says("port", "Accepted False TargetNotFound, ResolvedRefs True ResolvedRefs");
        says("service", "Accepted False TargetNotFound, ResolvedRefs True ResolvedRefs");
    }

    @Test
    void lanesHaveWhatTheBaseHasUnlessTheirOwnServiceHasAPolicy() {
        service("order", "https-443");
        lane("order", "f-1", "https-443");
        lane("order", "f-2", "other-443");
        route("order", 443);
        policy("order", "{group: '', kind: Service, name: order, sectionName: https-443}", CA, "base.example");
        policy("lane", "{group: '', kind: Service, name: order-f-2}", CA, "lane.example");

        await().until(() -> "base.example".equals(name(port("order", "f-1", 443)))
                && "lane.example".equals(name(port("order", "f-2", 443))));

        cluster.client().resource(get("lane")).delete();
        await().until(() -> "base.example".equals(name(port("order", "f-2", 443))));
        cluster.client().resource(get("order")).delete();
        await().until(() -> port("order", "f-2", 443).tls() == null
                && port("order", "master", 443).tls() == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void aClusterWithoutPoliciesOrTheRightToThemHasItsServices(int status) {
        cluster.server().refuseAll("backendtlspolicies", status);
        service("order", "https-443");
        Overlays found = new Overlays();
        try (KubernetesDeployments others = new KubernetesDeployments(client, config)) {
            others.start(found);

            await().until(() -> found.deployment("order.shop", "master") != null);
        }
    }

    private void service(String name, String... ports) {
        create(Made.service(name, null, ports).build(), "10.0.0.1");
    }

    private void lane(String name, String lane, String... ports) {
        create(Made.service(name, lane, ports).build(), "10.0.0." + lane.charAt(lane.length() - 1));
    }

    private void create(Service service, String address) {
        cluster.client().resource(service).create();
        cluster.client().resource(slice(service, address).build()).create();
    }

    private void authority(String name, Map<String, String> data) {
        cluster.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace("shop")
                        .withName(name)
                        .endMetadata()
                        .withData(data)
                        .build())
                .create();
    }

    private void route(String service, int port) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: HTTPRoute, metadata: {name: " + service
                                + ", namespace: shop}, spec: {parentRefs: [{name: laneway}], rules: [{backendRefs:"
                                + " [{name: " + service + ", port: " + port + "}]}]}}",
                        HTTPRoute.class))
                .create();
    }

    private void policy(String name, String target, String validation) {
        policy(name, target, validation, "abc.example");
    }

    private void policy(String name, String target, String validation, String hostname) {
        cluster.client()
                .resource(yaml.unmarshal(
                        "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: BackendTLSPolicy, metadata: {name: "
                                + name + ", namespace: shop}, spec: {targetRefs: [" + target + "], validation: {"
                                + validation + ", hostname: " + hostname + "}}}",
                        BackendTLSPolicy.class))
                .create();
    }

    private void edit(String policy, UnaryOperator<BackendTLSPolicyBuilder> change) {
        Edits.edit(
                cluster.client()
                        .resources(BackendTLSPolicy.class)
                        .inNamespace("shop")
                        .withName(policy),
                one -> change.apply(new BackendTLSPolicyBuilder(one)).build());
    }

    private BackendTLSPolicy get(String name) {
        return cluster.client()
                .resources(BackendTLSPolicy.class)
                .inNamespace("shop")
                .withName(name)
                .get();
    }

    private List<PolicyAncestorStatus> ours(String policy) {
        BackendTLSPolicy found = get(policy);
        return found.getStatus() == null
                ? List.of()
                : found.getStatus().getAncestors().stream()
                        .filter(one -> one.getControllerName().startsWith("laneway.io/"))
                        .toList();
    }

    private void says(String policy, String conditions) {
        await().untilAsserted(() -> assertThat(ours(policy)).singleElement().satisfies(one -> {
            assertThat(one.getAncestorRef().getName()).isEqualTo("laneway");
            assertThat(String.join(
                            ", ",
                            one.getConditions().stream()
                                    .map(each -> each.getType() + " " + each.getStatus() + " " + each.getReason())
                                    .toList()))
                    .isEqualTo(conditions);
        }));
    }

    /** A port of the last table; waits until it is there. */
    private Port port(String service, String lane, int number) {
        await().until(() -> table.deployment(service + ".shop", lane) != null);
        Deployment deployment = table.deployment(service + ".shop", lane);
        return deployment.ports().stream()
                .filter(one -> one.number() == number)
                .findFirst()
                .orElseThrow();
    }

    private UpstreamTls tls(String service, int port) {
        return port(service, "master", port).tls();
    }

    private String name(String service, int port) {
        return name(port(service, "master", port));
    }

    private static String name(Port port) {
        return port.tls() == null ? "" : port.tls().serverName();
    }
}
