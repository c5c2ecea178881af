package io.laneway.xds.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.policy.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Certificates that the table itself has, and names that are verified instead of the one that is asked for. */
class UpstreamTlsTest {

    private static final String PEM = "-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n";

    @Test
    void authoritiesOfTheTableAreContentsOfTheirSecret() {
        Secret secret = Secrets.of("a", new UpstreamTls(PEM, "a.example", null, null, true))
                .get(0);
        assertThat(secret.getValidationContext().getTrustedCa().getInlineString())
                .isEqualTo(PEM);
    }

    @Test
    void aPortsOwnTlsStandsInThePlaceOfTheDeployments() throws Exception {
        UpstreamTls own =
                new UpstreamTls(PEM, "a.example", List.of("b.example", "spiffe://a.example/id"), null, null, true);
        Port port = new Port("web", 443, Protocol.HTTPS, List.of(Endpoint.at("127.0.0.1:1")), own);
        Deployment deployment = new Deployment("master", List.of(port), UpstreamTls.DEFAULT);

        Cluster cluster = Clusters.of("a/master", deployment, port, Policy.DEFAULT, Dialect.ENVOY);

        UpstreamTlsContext context =
                cluster.getTransportSocket().getTypedConfig().unpack(UpstreamTlsContext.class);
        assertThat(context.getSni()).isEqualTo("a.example");
        CertificateValidationContext validation =
                context.getCommonTlsContext().getCombinedValidationContext().getDefaultValidationContext();
        assertThat(validation.getMatchTypedSubjectAltNamesList())
                .extracting(
                        SubjectAltNameMatcher::getSanType,
                        one -> one.getMatcher().getExact())
                .containsExactly(tuple(SanType.DNS, "b.example"), tuple(SanType.URI, "spiffe://a.example/id"));
    }
}
