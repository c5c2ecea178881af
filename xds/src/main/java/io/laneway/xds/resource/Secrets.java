package io.laneway.xds.resource;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.laneway.router.model.service.UpstreamTls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that an Envoy shows a deployment, and the authorities by which it verifies the deployment's, as secrets. They
 * name files, which stay where the Envoy is: no key goes over the network, and an Envoy reads a file again when it is replaced.
 * Authorities that the table has itself are in them.
 * Stateless. docs/decisions/0551.
 */
final class Secrets {

    /** The system's authorities where Envoy's images have them: by default an Envoy trusts none and verifies nothing. */
    private static final String SYSTEM_CA = "/etc/ssl/certs/ca-certificates.crt";

    private Secrets() {}

    /** The name of the certificate that is shown to a cluster. */
    static String certificate(String cluster) {
        return cluster + "/certificate";
    }

    /** The name of the authorities by which a cluster is verified. */
    static String authorities(String cluster) {
        return cluster + "/authorities";
    }

    /** The cluster that a secret of that name is for. */
    static String cluster(String secret) {
        return secret.substring(0, secret.lastIndexOf('/'));
    }

    /** The names of all that a cluster may have. */
    static List<String> names(String cluster) {
        return List.of(certificate(cluster), authorities(cluster));
    }

    /** The secrets of a deployment that is reached over TLS. */
    static List<Secret> of(String cluster, @Nullable UpstreamTls tls) {
        UpstreamTls how = tls == null ? UpstreamTls.DEFAULT : tls;
        List<Secret> secrets = new ArrayList<>();
        String certificate = how.certificate();
        String key = how.privateKey();
        if (certificate != null && key != null) {
            secrets.add(Secret.newBuilder()
                    .setName(certificate(cluster))
                    .setTlsCertificate(TlsCertificate.newBuilder()
                            .setCertificateChain(file(certificate))
                            .setPrivateKey(file(key)))
                    .build());
        }
        if (how.verify()) {
            secrets.add(Secret.newBuilder()
                    .setName(authorities(cluster))
                    .setValidationContext(
                            CertificateValidationContext.newBuilder().setTrustedCa(trusted(how)))
                    .build());
        }
        return secrets;
    }

    private static DataSource trusted(UpstreamTls tls) {
        String pem = tls.authorities();
        return pem == null
                ? file(tls.ca() == null ? SYSTEM_CA : tls.ca())
                : DataSource.newBuilder().setInlineString(pem).build();
    }

    private static DataSource file(String name) {
        return DataSource.newBuilder().setFilename(name).build();
    }
}
