package io.laneway.control.join;

import io.laneway.router.tls.CheckedTrust;
import io.laneway.router.tls.RenewedTls;
import io.laneway.router.tls.TlsMaterial;
import io.laneway.router.tls.Trust;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Takes replicas that show the certificate of this one, also the one before it was renewed: replicas do not see a renewal at the
 * same moment. Safe for many threads.
 */
final class ReplicaTrust extends CheckedTrust {

    private List<X509Certificate> before = List.of();
    private volatile X509ExtendedTrustManager now;

    ReplicaTrust(RenewedTls tls) {
        now = trusting(tls.current().chain());
        tls.use(this::take);
    }

    private void take(TlsMaterial renewed) {
        Set<X509Certificate> both = new LinkedHashSet<>(renewed.chain());
        both.addAll(before);
        now = trusting(both);
        before = renewed.chain();
    }

    private static X509ExtendedTrustManager trusting(Iterable<X509Certificate> certificates) {
        try {
            return Trust.in(certificates);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("certificates of replicas: " + e.getMessage(), e);
        }
    }

    @Override
    protected void checkServer(X509Certificate[] chain, Question asked) throws CertificateException {
        asked.to(now);
    }

    @Override
    protected void checkClient(X509Certificate[] chain, Question asked) throws CertificateException {
        throw new CertificateException("replicas are servers here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return now.getAcceptedIssuers();
    }
}
