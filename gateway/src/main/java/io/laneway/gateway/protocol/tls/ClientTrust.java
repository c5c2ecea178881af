package io.laneway.gateway.protocol.tls;

import io.laneway.router.tls.CheckedTrust;
import io.laneway.router.tls.Trust;
import io.netty.handler.ssl.OpenSslCertificateException;
import io.netty.handler.ssl.SslProvider;
import io.netty.internal.tcnative.CertificateVerifier;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Checks certificates of clients as another does, and says why one is refused, so that OpenSSL sends the alert of RFC 8446,
 * 6.2 that fits: {@code unknown_ca} where no path leads to an accepted certificate, {@code bad_certificate} else. Netty passes
 * on by itself what has expired, and sends {@code internal_error} for all the rest. As thread-safe as the other.
 */
final class ClientTrust extends CheckedTrust {

    /** What Netty has alerts for. */
    private static final Set<CertPathValidatorException.Reason> OUT_OF_DATE =
            Set.of(BasicReason.EXPIRED, BasicReason.NOT_YET_VALID, BasicReason.REVOKED);

    private final X509ExtendedTrustManager checks;

    ClientTrust(X509ExtendedTrustManager checks) {
        this.checks = checks;
    }

    /**
     * What checks the certificates of clients.
     *
     * @param authorities a file in PEM with the certificates that those of clients must chain to
     * @throws TlsFailure if it cannot be read or has none
     */
    static TrustManager of(Path authorities, SslProvider provider) throws TlsFailure {
        X509ExtendedTrustManager checks = trusting(authorities, CertificateEnd.chain(authorities));
        return provider == SslProvider.JDK ? checks : new ClientTrust(checks);
    }

    private static X509ExtendedTrustManager trusting(Path file, List<X509Certificate> authorities) throws TlsFailure {
        try {
            return Trust.in(authorities);
        } catch (GeneralSecurityException e) {
            throw new TlsFailure("clientCa " + file + " (expected: certificates in PEM)", e);
        }
    }

    private static CertificateException refused(CertificateException refusal) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException) {
                return coded(refusal, CertificateVerifier.X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
            }
            if (cause instanceof CertPathValidatorException invalid && OUT_OF_DATE.contains(invalid.getReason())) {
                return refusal;
            }
        }
        return coded(refusal, CertificateVerifier.X509_V_ERR_CERT_REJECTED);
    }

    private static CertificateException coded(CertificateException refusal, int code) {
        return new OpenSslCertificateException(Objects.requireNonNullElse(refusal.getMessage(), ""), refusal, code);
    }

    @Override
    protected void checkClient(X509Certificate[] chain, Question asked) throws CertificateException {
        try {
            asked.to(checks);
        } catch (CertificateException e) {
            throw refused(e);
        }
    }

    @Override
    protected void checkServer(X509Certificate[] chain, Question asked) throws CertificateException {
        asked.to(checks);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checks.getAcceptedIssuers();
    }
}
