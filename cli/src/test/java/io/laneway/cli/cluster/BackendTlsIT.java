package io.laneway.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendTLSPolicy;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GatewayClass;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.client.dsl.NonDeletingOperation;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.laneway.cli.control.ClusterControl;
import io.laneway.control.ControlConfig;
import io.laneway.gateway.runtime.config.Address;
import io.laneway.gateway.runtime.config.ListenerConfig;
import io.laneway.gateway.runtime.config.TableConfig;
import io.laneway.gateway.runtime.config.Trust;
import io.laneway.k8s.ClusterDuties;
import io.laneway.k8s.KubernetesConfig;
import io.laneway.k8s.KubernetesSettings;
import io.laneway.testkit.RawHttp;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * BackendTLSPolicies of a cluster as requests see them: a real gateway behind a real control API, and servers that speak TLS alone.
 * Only the API server is a mock.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class BackendTlsIT {

    private static final String API = "---\n{apiVersion: gateway.networking.k8s.io/v1, kind: ";
    private static final String LISTENER = "in";
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path directory;

    private static Vertx vertx;
    private static ApiServer api;
    private static X509Bundle authority;
    private static ClusterControl control;
    private static io.laneway.gateway.Gateway edge;
    private static io.laneway.gateway.Gateway sidecar;

    private final KubernetesSerialization yaml = new KubernetesSerialization();

    @BeforeAll
    static void start() throws Exception {
        vertx = Vertx.vertx();
        api = new ApiServer();
        authority = new CertificateBuilder()
                .subject("CN=authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        KubernetesConfig cluster = KubernetesSettings.of(Set.of(), Map.of("url", api.url()));
        control = ClusterControl.start(
                ControlConfig.in(directory, 0),
                cluster.forRoutes(),
                new ClusterDuties("test", "shop/laneway", false, null),
                List.of());
        TableConfig table = new TableConfig.Control(URI.create(control.api().url()), null);
        Address any = new Address("127.0.0.1", 0);
        edge = KubernetesLanesIT.gateway(table, ListenerConfig.of(LISTENER, any, Trust.EXTERNAL));
        sidecar = KubernetesLanesIT.gateway(table, ListenerConfig.of(LISTENER, any, Trust.INTERNAL));
    }

    @AfterAll
    static void stop() {
        sidecar.close();
        edge.close();
        control.close();
        api.close();
        vertx.close().await();
    }

    @Test
    void requestsGoOutByTlsAsThePolicySaysInEveryLaneAndNeverWithout() throws Exception {
        deploy("order", "master", server("master", authority));
        deploy("order-f-1", "f-1", server("f-1", authority));
        X509Bundle strange = new CertificateBuilder()
                .subject("CN=strange")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
        deploy("strange", "master", server("strange", strange));
        create(authorities("ca", authority));
        create(yaml.unmarshal(
                API + "GatewayClass, metadata: {name: laneway}, spec: {controllerName:"
                        + " laneway.io/gateway-controller}}",
                GatewayClass.class));
        create(yaml.unmarshal(
                API + "Gateway, metadata: {name: laneway, namespace: shop}, spec: {gatewayClassName: laneway,"
                        + " listeners: [{name: http, port: 80, protocol: HTTP}]}}",
                Gateway.class));
        for (String name : new String[] {"order", "strange"}) {
            policy(name, "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}], hostname: abc.example");
            create(yaml.unmarshal(
                    API + "HTTPRoute, metadata: {name: " + name + ", namespace: shop}, spec: {hostnames: [" + name
                            + ".example], parentRefs: [{name: laneway}], rules: [{backendRefs: [{name: " + name
                            + ", port: 443}]}]}}",
                    HTTPRoute.class));
        }

        says(edge, "order.example", "", 200, "master for abc.example");
        says(sidecar, "order:443", "", 200, "master for abc.example");
        says(sidecar, "order:443", "f-1", 200, "f-1 for abc.example");
        says(edge, "strange.example", "", 503, "TLS: its certificate is not trusted");

        policy("order", "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}], hostname: other.example");
        says(edge, "order.example", "", 503, "TLS: its certificate is for another name");
        says(sidecar, "order:443", "f-1", 503, "TLS: its certificate is for another name");

        policy(
                "order",
                "caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}], hostname: other.example,"
                        + " subjectAltNames: [{type: URI, uri: 'spiffe://abc.example/id'}]");
        says(edge, "order.example", "", 200, "master for other.example");

        policy("order", "caCertificateRefs: [{group: '', kind: ConfigMap, name: nowhere}], hostname: abc.example");
        says(edge, "order.example", "", 503, "");
        says(sidecar, "order:443", "f-1", 503, "");

        create(authorities("nowhere", authority));
        says(edge, "order.example", "", 200, "master for abc.example");
    }

    /** A server that answers with its lane and the name by which it was asked for. */
    private static HttpServer server(String lane, X509Bundle by) throws Exception {
        X509Bundle certificate = new CertificateBuilder()
                .subject("CN=server")
                .addSanDnsName("abc.example")
                .addSanUriName("spiffe://abc.example/id")
                .buildIssuedBy(by);
        PemKeyCertOptions pem = new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(certificate.getCertificatePathPEM()))
                .addKeyValue(Buffer.buffer(certificate.getPrivateKeyPEM()));
        return vertx.createHttpServer(
                        new HttpServerOptions().setSsl(true).setSni(true).setKeyCertOptions(pem))
                .requestHandler(request -> request.response()
                        .end(lane + " for " + request.connection().indicatedServerName()))
                .listen(0, "127.0.0.1")
                .await();
    }

    private static void deploy(String name, String lane, HttpServer pod) {
        Map<String, String> labels = Map.of("app", name.replace("-f-1", ""), "version", lane);
        create(new ServiceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withSelector(labels)
                .addNewPort()
                .withName("web")
                .withPort(443)
                .withProtocol("TCP")
                .endPort()
                .endSpec()
                .build());
        create(new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name + "-abc")
                .withLabels(Map.of("kubernetes.io/service-name", name))
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("web")
                .withPort(pod.actualPort())
                .withProtocol("TCP")
                .endPort()
                .addNewEndpoint()
                .withAddresses("127.0.0.1")
                .endEndpoint()
                .build());
    }

    private static ConfigMap authorities(String name, X509Bundle authority) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName(name)
                .endMetadata()
                .addToData("ca.crt", authority.getCertificatePEM())
                .build();
    }

    private void policy(String service, String validation) {
        create(yaml.unmarshal(
                API + "BackendTLSPolicy, metadata: {name: " + service + ", namespace: shop}, spec: {targetRefs:"
                        + " [{group: '', kind: Service, name: " + service + "}], validation: {" + validation + "}}}",
                BackendTLSPolicy.class));
    }

    private static void create(HasMetadata object) {
        api.client().resource(object).createOr(NonDeletingOperation::update);
    }

    private static void says(io.laneway.gateway.Gateway gateway, String host, String lane, int status, String body) {
        String fields = "Host: " + host + (lane.isEmpty() ? "" : "\r\nTrace-Branch: " + lane);
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(RawHttp.get(gateway.port(LISTENER), "/", fields))
                        .startsWith("HTTP/1.1 " + status)
                        .contains(body));
    }
}
