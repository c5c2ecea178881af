package io.laneway.xds.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.Metadata;
import io.laneway.xds.resource.ResourceType;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates of upstream TLS as secrets of their own. */
class SecretsIT {

    @TempDir
    private Path directory;

    private static String deployment(String tls) {
        return "{\"protocol\": \"https\", \"endpoints\": [\"127.0.0.1:9443\"], \"tls\": " + tls + "}";
    }

    @Test
    void anotherCertificateIsOneSecretAndNoCluster() throws Exception {
        try (Control control = Control.start(directory);
                DeltaNode envoy = new DeltaNode("envoy-1", control.xdsPort(), new Metadata(), List.of())) {
            control.put("/v1/services/order", "{\"name\": \"order\"}");
            String path = "/v1/services/order/deployments/master";
            control.put(
                    path,
                    deployment("{\"ca\": \"/tls/ca.pem\", \"certificate\": \"/tls/a.pem\", \"privateKey\":"
                            + " \"/tls/a.key\"}"));

            envoy.subscribe(ResourceType.CLUSTER);
            UpstreamTlsContext context = envoy.taken()
                    .getResources(0)
                    .getResource()
                    .unpack(Cluster.class)
                    .getTransportSocket()
                    .getTypedConfig()
                    .unpack(UpstreamTlsContext.class);
            String certificate = context.getCommonTlsContext()
                    .getTlsCertificateSdsSecretConfigs(0)
                    .getName();
            String authorities = context.getCommonTlsContext()
                    .getCombinedValidationContext()
                    .getValidationContextSdsSecretConfig()
                    .getName();
            envoy.subscribe(ResourceType.SECRET, certificate, authorities);
            assertThat(envoy.taken().getResourcesList()).hasSize(2);

            control.put(
                    path,
                    deployment("{\"ca\": \"/tls/ca.pem\", \"certificate\": \"/tls/b.pem\", \"privateKey\":"
                            + " \"/tls/b.key\"}"));
            DeltaDiscoveryResponse response = envoy.taken();
            assertThat(response.getTypeUrl()).isEqualTo(ResourceType.SECRET.url());
            Secret secret = response.getResources(0).getResource().unpack(Secret.class);
            assertThat(response.getResourcesList()).hasSize(1);
            assertThat(secret.getName()).isEqualTo(certificate);
            assertThat(secret.getTlsCertificate().getPrivateKey().getFilename()).isEqualTo("/tls/b.key");
        }
    }
}
