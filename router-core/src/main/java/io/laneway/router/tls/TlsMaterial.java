package io.laneway.router.tls;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What was read from files of TLS, and belongs together. Immutable.
 *
 * @param chain       the own certificate first, then those that signed it; empty for none
 * @param key         of the first certificate, null for none
 * @param authorities whose certificates are trusted; empty for none
 */
public record TlsMaterial(
        List<X509Certificate> chain, @Nullable PrivateKey key, List<X509Certificate> authorities) {

    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    public TlsMaterial {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    /** The key of the first certificate, where there is one. */
    public PrivateKey privateKey() {
        return Objects.requireNonNull(key, "key");
    }

    /** Seconds since 1970 until which all of the chain is valid: it is of use until its first link ends. */
    public long notAfter() {
        return chain.stream()
                .mapToLong(one -> one.getNotAfter().toInstant().getEpochSecond())
                .min()
                .orElse(0);
    }

    /** The chain in PEM. */
    public String chainPem() {
        return certificates(chain);
    }

    /** The key in PEM, by PKCS#8. */
    public String keyPem() {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    /** The authorities in PEM. */
    public String authoritiesPem() {
        return certificates(authorities);
    }

    private static String certificates(List<X509Certificate> all) {
        StringBuilder text = new StringBuilder();
        for (X509Certificate certificate : all) {
            try {
                text.append(pem("CERTIFICATE", certificate.getEncoded()));
            } catch (CertificateEncodingException e) {
                throw new IllegalStateException("a certificate that was decoded is not encoded", e);
            }
        }
        return text.toString();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + LINES.encodeToString(der) + "\n-----END " + label + "-----\n";
    }
}
