package io.laneway.gateway.protocol.tls;

import io.laneway.router.model.service.UpstreamTls;
import io.laneway.router.tls.CheckedTrust;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trusts a server whose certificate another trusts and which has one of some names (RFC 5280, 4.2.1.6), whichever name was asked
 * for. As thread-safe as the other.
 */
final class NamedTrust extends CheckedTrust {

    private static final int SAN_DNS = 2;
    private static final int SAN_URI = 6;

    private final X509ExtendedTrustManager checks;
    private final List<String> names;

    /** @param names of DNS, or URIs as {@link UpstreamTls#isUri} says */
    NamedTrust(X509ExtendedTrustManager checks, List<String> names) {
        this.checks = checks;
        this.names = List.copyOf(names);
    }

    private void requireName(X509Certificate certificate) throws CertificateException {
        Collection<List<?>> all = certificate.getSubjectAlternativeNames();
        for (List<?> one : all == null ? List.<List<?>>of() : all) {
            boolean uri = one.get(0).equals(SAN_URI);
            if ((uri || one.get(0).equals(SAN_DNS)) && has(String.valueOf(one.get(1)), uri)) {
                return;
            }
        }
        throw new CertificateException("no subject alternative name is one of " + names);
    }

    private boolean has(String shown, boolean uri) {
        for (String name : names) {
            if (UpstreamTls.isUri(name) == uri && (uri ? name.equals(shown) : covers(shown, name))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a name of a certificate is this one, or a wildcard for its first label (RFC 6125, 6.4.3). */
    static boolean covers(String shown, String name) {
        int dot = name.indexOf('.');
        return shown.equalsIgnoreCase(name)
                || (dot > 0 && shown.startsWith("*.") && shown.substring(1).equalsIgnoreCase(name.substring(dot)));
    }

    @Override
    protected void checkServer(X509Certificate[] chain, Question asked) throws CertificateException {
        asked.to(checks);
        requireName(chain[0]);
    }

    @Override
    protected void checkClient(X509Certificate[] chain, Question asked) throws CertificateException {
        asked.to(checks);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return checks.getAcceptedIssuers();
    }
}
