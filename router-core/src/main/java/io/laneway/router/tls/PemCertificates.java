package io.laneway.router.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The certificates of a file in PEM (RFC 7468), with any text between them. Stateless. */
final class PemCertificates {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN ((?:X509 |TRUSTED )?CERTIFICATE)-----" + "([^-]*)(-----END \\1-----)?");

    private PemCertificates() {}

    /**
     * All of them, in their order.
     *
     * @throws IllegalArgumentException if there is none, or one that is broken or cut off
     */
    static List<X509Certificate> of(String pem) {
        List<X509Certificate> all = new ArrayList<>();
        Matcher block = PEM.matcher(pem);
        while (block.find()) {
            if (block.group(3) == null) {
                throw new IllegalArgumentException("a certificate that is cut off (expected: a whole one)");
            }
            all.add(decoded(block.group(2)));
        }
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no certificate in it (expected: PEM)");
        }
        return List.copyOf(all);
    }

    private static X509Certificate decoded(String base64) {
        byte[] der = Base64.getMimeDecoder().decode(base64);
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException(e.getMessage() + " (expected: an X.509 certificate in PEM)", e);
        }
    }
}
