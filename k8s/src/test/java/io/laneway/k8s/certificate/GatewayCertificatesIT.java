package io.laneway.k8s.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.Gateway;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.laneway.k8s.route.GatewayObjects;
import io.laneway.k8s.testkit.Cluster;
import io.laneway.k8s.testkit.Edits;
import io.vertx.core.net.SelfSignedCertificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class GatewayCertificatesIT {

    @TempDir
    private Path folder;

    @Test
    void theFilesAreThoseOfTheSecretsThatListenersNameAndMayName() throws IOException {
        Path files = folder.resolve("certificates");
        try (Cluster cluster = new Cluster();
                KubernetesClient client = cluster.open();
                GatewayCertificates certificates = new GatewayCertificates(client, "*", files)) {
            SelfSignedCertificate pem = SelfSignedCertificate.create("shop.example");
            Map<String, String> pair =
                    Map.of("tls.crt", text(pem.certificatePath()), "tls.key", text(pem.privateKeyPath()));
            pem.delete();
            secret(cluster, "shop", "one", pair);
            secret(cluster, "shop", "unnamed", pair);
            secret(cluster, "other", "closed", pair);
            GatewayObjects.create(
                    cluster.client(),
                    "shop",
                    "{name: a, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: one}]}}, {name: b, port: 444,"
                            + " protocol: HTTPS, tls: {certificateRefs: [{name: closed, namespace: other}]}}");
            certificates.start(Duration.ofMillis(20));

            await().until(() -> names(files).equals(List.of("shop.one.crt", "shop.one.key")));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.resolve("shop.one.key"))))
                    .isEqualTo("rw-------");
            assertThat(Files.readString(files.resolve("shop.one.crt"))).contains("BEGIN CERTIFICATE");

            Edits.edit(
                    cluster.client()
                            .resources(Gateway.class)
                            .inNamespace("shop")
                            .withName("laneway"),
                    one -> {
                        one.getSpec().getListeners().remove(0);
                        return one;
                    });
            await().until(() -> names(files).isEmpty());
        }
    }

    private static List<String> names(Path files) throws IOException {
        try (Stream<Path> all = Files.list(files)) {
            return all.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".part"))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(Path.of(file)));
    }

    private static void secret(Cluster cluster, String namespace, String name, Map<String, String> data) {
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
}
