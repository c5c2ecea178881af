package io.laneway.gateway.protocol.tls;

import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.tls.CheckedTrust;
import io.laneway.router.tls.Trust;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509ExtendedTrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks the certificates that a route of connections asks clients for. As thread-safe as Java's own trust managers.
 *
 * @param checks   what a certificate has to pass; where no authority can be read none does
 * @param optional whether clients that fail the checks are taken too
 */
record ClientChecks(X509ExtendedTrustManager checks, boolean optional) {

    private static final Logger log = LoggerFactory.getLogger(ClientChecks.class);

    static ClientChecks of(ClientAuthorities clients) {
        if (clients.authorities().isBlank()) {
            return new ClientChecks(new Fixed(false), clients.optional());
        }
        try {
            byte[] pem = clients.authorities().getBytes(StandardCharsets.UTF_8);
            return new ClientChecks(Trust.in(CertificateEnd.chain("clients", pem)), clients.optional());
        } catch (TlsFailure | GeneralSecurityException e) {
            log.atWarn()
                    .addKeyValue("problem", String.valueOf(e.getMessage()))
                    .log("authorities of a route's clients cannot be read, no client is taken");
            return new ClientChecks(new Fixed(false), clients.optional());
        }
    }

    /** Makes contexts ask clients. */
    void ask(SslContextBuilder builder, SslProvider provider) {
        if (optional) {
            builder.trustManager(new Fixed(true)).clientAuth(ClientAuth.OPTIONAL);
        } else {
            builder.trustManager(provider == SslProvider.JDK ? checks : new ClientTrust(checks))
                    .clientAuth(ClientAuth.REQUIRE);
        }
    }

    /** Whether the certificate that a client showed, if any, passed the checks: at the handshake, or now where that let it by. */
    boolean vouches(SSLEngine engine) {
        if (!optional) {
            return true;
        }
        try {
            Certificate[] shown = engine.getSession().getPeerCertificates();
            X509Certificate[] chain = Arrays.copyOf(shown, shown.length, X509Certificate[].class);
            checks.checkClientTrusted(chain, "UNKNOWN");
            return true;
        } catch (SSLPeerUnverifiedException | CertificateException | ArrayStoreException e) {
            return false;
        }
    }

    /** Takes every client, or none. */
    private static final class Fixed extends CheckedTrust {

        private final boolean takes;

        Fixed(boolean takes) {
            this.takes = takes;
        }

        @Override
        protected void checkClient(X509Certificate[] chain, Question asked) throws CertificateException {
            if (!takes) {
                throw new CertificateException("no authority of clients is known");
            }
        }

        @Override
        protected void checkServer(X509Certificate[] chain, Question asked) throws CertificateException {
            throw new CertificateException("of clients alone");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
