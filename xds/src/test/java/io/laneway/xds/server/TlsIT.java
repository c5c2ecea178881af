package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ChannelCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.TlsChannelCredentials;
import io.laneway.control.ControlConfig;
import io.laneway.control.ControlConfig.Listen;
import io.laneway.control.ControlConfig.Tls;
import io.laneway.control.auth.AuthConfig;
import io.laneway.control.auth.Role;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Policy;
import io.laneway.router.table.delta.TableChange;
import io.laneway.testkit.LogCapture;
import io.laneway.testkit.MountedSecret;
import io.laneway.testkit.ShownCertificate;
import io.laneway.xds.resource.ResourceType;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients of the port of xDS over TLS: which certificates let them in, and which servers they take. */
class TlsIT {

    @TempDir
    private Path directory;

    private X509Bundle authority;
    private MountedSecret secret;
    private Control control;

    @BeforeEach
    void start() throws Exception {
        authority = authority();
        X509Bundle server = server(authority);
        secret = new MountedSecret(directory.resolve("tls"));
        secret.put(Map.of(
                "tls.crt", server.getCertificatePathPEM(),
                "tls.key", server.getPrivateKeyPEM(),
                "ca.crt", authority.getCertificatePEM()));
        Tls tls = new Tls(secret.file("tls.crt"), secret.file("tls.key"), secret.file("ca.crt"));
        AuthConfig auth = new AuthConfig(null, Map.of("CN=envoys", Role.GATEWAY, "CN=viewer", Role.VIEWER), List.of());
        control = Control.start(ControlConfig.in(directory.resolve("data"), 0)
                .with(new Listen("127.0.0.1", 0, tls))
                .with(auth));
    }

    @AfterEach
    void stop() {
        control.close();
    }

    private static X509Bundle authority() throws Exception {
        return new CertificateBuilder()
                .subject("CN=test authority")
                .setIsCertificateAuthority(true)
                .buildSelfSigned();
    }

    private void put(String service) {
        Deployment master = Deployment.of("master", Protocol.HTTP1, List.of(Endpoint.at("127.0.0.1:9000")));
        Service whole = new Service(new ServiceId(service, null), List.of(), null, List.of(master), Policy.DEFAULT);
        control.editor()
                .apply("test", "", List.of(new TableChange.PutService(whole)))
                .toCompletableFuture()
                .join();
    }

    private static X509Bundle server(X509Bundle issuer) throws Exception {
        return new CertificateBuilder()
                .subject("CN=localhost")
                .addSanDnsName("localhost")
                .buildIssuedBy(issuer);
    }

    private Path file(String name, String pem) throws IOException {
        return Files.writeString(directory.resolve(name), pem);
    }

    private ChannelCredentials credentials(X509Bundle trusted, @Nullable X509Bundle shown) throws IOException {
        TlsChannelCredentials.Builder builder = TlsChannelCredentials.newBuilder()
                .trustManager(file("trusted.pem", trusted.getCertificatePEM()).toFile());
        if (shown != null) {
            builder.keyManager(
                    file("shown.pem", shown.getCertificatePathPEM()).toFile(),
                    file("shown.key", shown.getPrivateKeyPEM()).toFile());
        }
        return builder.build();
    }

    private DeltaNode node(X509Bundle trusted, @Nullable X509Bundle shown) throws IOException {
        DeltaNode node = new DeltaNode(
                "envoys", "localhost:" + control.xdsPort(), credentials(trusted, shown), new Metadata(), List.of());
        node.subscribe(ResourceType.LISTENER);
        return node;
    }

    private Status.Code refusal(X509Bundle trusted, @Nullable X509Bundle shown) throws Exception {
        try (DeltaNode node = node(trusted, shown)) {
            return Status.fromThrowable(node.error()).getCode();
        }
    }

    private static CertificateBuilder envoys() {
        return new CertificateBuilder().subject("CN=envoys");
    }

    @Test
    void aCertificateOfAGatewayLetsIn() throws Exception {
        try (DeltaNode node = node(authority, envoys().buildIssuedBy(authority))) {
            assertThat(node.taken().getResourcesList())
                    .extracting(Resource::getName)
                    .containsExactly("laneway");
        }
    }

    @Test
    void withoutACertificateOfAGatewayNoClientIsLetIn() throws Exception {
        assertThat(refusal(authority, null)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(
                        authority, new CertificateBuilder().subject("CN=viewer").buildIssuedBy(authority)))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refusal(
                        authority,
                        new CertificateBuilder().subject("CN=stranger").buildIssuedBy(authority)))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    void aCertificateOfAnotherAuthorityOrThatEndedFailsTheHandshake() throws Exception {
        assertThat(refusal(authority, envoys().buildIssuedBy(authority()))).isEqualTo(Status.Code.UNAVAILABLE);
        X509Bundle ended = envoys().notBefore(Instant.now().minus(Duration.ofDays(3)))
                .notAfter(Instant.now().minus(Duration.ofDays(1)))
                .buildIssuedBy(authority);
        assertThat(refusal(authority, ended)).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void aRenewedCertificateAndAuthorityAreTakenAndOpenStreamsStay() throws Exception {
        X509Bundle other = authority();
        put("order");
        try (DeltaNode open = node(authority, envoys().buildIssuedBy(authority))) {
            open.taken();
            open.subscribe(ResourceType.CLUSTER);
            open.taken();

            X509Bundle renewed = server(other);
            secret.put(Map.of(
                    "tls.crt", renewed.getCertificatePathPEM(),
                    "tls.key", renewed.getPrivateKeyPEM(),
                    "ca.crt", other.getCertificatePEM()));
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(ShownCertificate.at(control.xdsPort(), "h2"))
                            .isEqualTo(renewed.getCertificate()));

            try (DeltaNode later = node(other, envoys().buildIssuedBy(other))) {
                assertThat(later.taken().getResourcesCount()).isEqualTo(1);
            }
            assertThat(refusal(other, envoys().buildIssuedBy(authority))).isEqualTo(Status.Code.UNAVAILABLE);
            put("billing");
            assertThat(open.next().getResourcesList())
                    .as("over the stream from before")
                    .extracting(Resource::getName)
                    .contains("billing/master");
        }
    }

    @Test
    void aPairThatIsHalfWrittenChangesNothing() throws Exception {
        X509Bundle renewed = server(authority);
        Files.writeString(secret.file("tls.key"), renewed.getPrivateKeyPEM());
        try (LogCapture log = LogCapture.of("io.laneway.control.certificate")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> !log.messages().isEmpty());
        }
        assertThat(ShownCertificate.at(control.xdsPort(), "h2")).isNotEqualTo(renewed.getCertificate());

        Files.writeString(secret.file("tls.crt"), renewed.getCertificatePathPEM());
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() ->
                        assertThat(ShownCertificate.at(control.xdsPort(), "h2")).isEqualTo(renewed.getCertificate()));
    }

    @Test
    void aServerOfAnotherAuthorityIsNotTaken() throws Exception {
        assertThat(refusal(authority(), envoys().buildIssuedBy(authority))).isEqualTo(Status.Code.UNAVAILABLE);
    }
}
