package io.laneway.xds.resource;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Http1ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.Http2ProtocolOptions;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.AutoHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.ExplicitHttpConfig;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions.UseDownstreamHttpConfig;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.model.service.UpstreamTls;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an Envoy speaks to a deployment, and how it verifies it. Stateless. */
final class UpstreamProtocol {

    private static final String OPTIONS = "envoy.extensions.upstreams.http.v3.HttpProtocolOptions";

    private UpstreamProtocol() {}

    static void put(Cluster.Builder cluster, Protocol protocol, @Nullable UpstreamTls tls) {
        boolean secure = secure(protocol, tls);
        cluster.putTypedExtensionProtocolOptions(OPTIONS, Any.pack(options(protocol, secure)));
        if (secure) {
            UpstreamTlsContext context = context(cluster.getName(), tls == null ? UpstreamTls.DEFAULT : tls);
            cluster.setTransportSocket(TransportSocket.newBuilder()
                    .setName("envoy.transport_sockets.tls")
                    .setTypedConfig(Any.pack(context)));
        }
    }

    /** Whether a deployment is reached over TLS. */
    static boolean secure(Protocol protocol, @Nullable UpstreamTls tls) {
        return protocol.secure() || (protocol == Protocol.AUTO && tls != null);
    }

    private static HttpProtocolOptions options(Protocol protocol, boolean secure) {
        Http1ProtocolOptions one = Http1ProtocolOptions.getDefaultInstance();
        Http2ProtocolOptions two = Http2ProtocolOptions.getDefaultInstance();
        HttpProtocolOptions.Builder options = HttpProtocolOptions.newBuilder();
        return switch (protocol) {
            case HTTP1, HTTPS ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttpProtocolOptions(one))
                        .build();
            case H2C, H2 ->
                options.setExplicitHttpConfig(ExplicitHttpConfig.newBuilder().setHttp2ProtocolOptions(two))
                        .build();
            case AUTO ->
                secure
                        ? options.setAutoConfig(AutoHttpConfig.newBuilder()
                                        .setHttpProtocolOptions(one)
                                        .setHttp2ProtocolOptions(two))
                                .build()
                        : options.setUseDownstreamProtocolConfig(UseDownstreamHttpConfig.newBuilder()
                                        .setHttpProtocolOptions(one)
                                        .setHttp2ProtocolOptions(two))
                                .build();
        };
    }

    private static UpstreamTlsContext context(String cluster, UpstreamTls tls) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder();
        if (tls.certificate() != null) {
            common.addTlsCertificateSdsSecretConfigs(secret(Secrets.certificate(cluster)));
        }
        String name = tls.serverName();
        if (tls.verify()) {
            common.setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                    .setDefaultValidationContext(validation(tls))
                    .setValidationContextSdsSecretConfig(secret(Secrets.authorities(cluster))));
        }
        UpstreamTlsContext.Builder context = UpstreamTlsContext.newBuilder().setCommonTlsContext(common);
        return name == null
                ? context.setAutoHostSni(true)
                        .setAutoSniSanValidation(tls.verify() && tls.names().isEmpty())
                        .build()
                : context.setSni(name).build();
    }

    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(Ads.source())
                .build();
    }

    private static CertificateValidationContext validation(UpstreamTls tls) {
        CertificateValidationContext.Builder validation = CertificateValidationContext.newBuilder();
        String asked = tls.serverName();
        List<String> names = tls.names().isEmpty() && asked != null ? List.of(asked) : tls.names();
        for (String name : names) {
            SubjectAltNameMatcher.SanType type =
                    UpstreamTls.isUri(name) ? SubjectAltNameMatcher.SanType.URI : SubjectAltNameMatcher.SanType.DNS;
            validation.addMatchTypedSubjectAltNames(SubjectAltNameMatcher.newBuilder()
                    .setSanType(type)
                    .setMatcher(StringMatcher.newBuilder().setExact(name)));
        }
        return validation.build();
    }
}
