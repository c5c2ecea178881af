package io.laneway.gateway.telemetry.otlp;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import javax.net.ssl.SSLContext;

/** How connections for calls of gRPC are made: HTTP/2 at once, in the clear or over TLS. Stateless. */
final class GrpcConnections {

    private static final String H2 = "h2";

    private GrpcConnections() {}

    static HttpClientOptions options(GrpcSenderConfig config) {
        HttpClientOptions options = new HttpClientOptions()
                .setProtocolVersion(HttpVersion.HTTP_2)
                .setHttp2ClearTextUpgrade(false)
                .setConnectTimeout((int) config.getConnectTimeout().toMillis());
        if ("https".equals(config.getEndpoint().getScheme())) {
            options.setSsl(true).setUseAlpn(true);
            SSLContext context = config.getSslContext();
            if (context != null) {
                options.setSslEngineOptions(new ReadyContext(context));
            }
        }
        return options;
    }

    /** A context that the exporter has made of its certificates. Immutable. */
    private static final class ReadyContext extends SSLEngineOptions {

        private final SSLContext context;

        private ReadyContext(SSLContext context) {
            this.context = context;
        }

        @Override
        public SSLEngineOptions copy() {
            return new ReadyContext(context);
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return () -> new JdkSslContext(
                    context,
                    true,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    new ApplicationProtocolConfig(
                            ApplicationProtocolConfig.Protocol.ALPN,
                            ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                            ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                            H2),
                    ClientAuth.NONE,
                    null,
                    false);
        }
    }
}
