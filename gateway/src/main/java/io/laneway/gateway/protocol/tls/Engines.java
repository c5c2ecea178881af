package io.laneway.gateway.protocol.tls;

import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/** Which engine speaks TLS, and the protocols it offers by ALPN (RFC 7301). Stateless. */
public final class Engines {

    private Engines() {}

    private static final class Loaded {
        private static final SslProvider PROVIDER = OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK;
    }

    /** The library in use. The first call loads it, which takes part of a second: those without TLS do not ask. */
    static SslProvider provider() {
        return Loaded.PROVIDER;
    }

    /** Whether it can staple OCSP responses. */
    static boolean staples(SslProvider provider) {
        return provider != SslProvider.JDK;
    }

    /** The protocols that clients may choose from, in our order of preference. */
    static ApplicationProtocolConfig offered() {
        return alpn(ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1);
    }

    /** The one protocol that an upstream is to speak. */
    static ApplicationProtocolConfig asked(boolean http2) {
        return alpn(http2 ? ApplicationProtocolNames.HTTP_2 : ApplicationProtocolNames.HTTP_1_1);
    }

    /** For content that is not ours to name: no protocol is offered, none is selected. */
    static ApplicationProtocolConfig none() {
        return ApplicationProtocolConfig.DISABLED;
    }

    /**
     * The library for connections whose directions end one by one (RFC 8446 section 6.1): OpenSSL's engine ends both when the peer
     * ends one.
     */
    static SslProvider halfClosing() {
        return SslProvider.JDK;
    }

    private static ApplicationProtocolConfig alpn(String... protocols) {
        return new ApplicationProtocolConfig(
                Protocol.ALPN, SelectorFailureBehavior.NO_ADVERTISE, SelectedListenerFailureBehavior.ACCEPT, protocols);
    }
}
