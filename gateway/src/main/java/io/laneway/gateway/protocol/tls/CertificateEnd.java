package io.laneway.gateway.protocol.tls;

import io.laneway.router.access.RegularFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;

/**
 * When the certificates of a file end. Immutable.
 *
 * @param file     the file of the certificate, as configured
 * @param notAfter seconds since 1970: the earliest end of those in it, as a chain is of use until its first link ends
 */
public record CertificateEnd(String file, long notAfter) {

    /** The chain of a file in PEM, its first certificate first. */
    static List<X509Certificate> chain(Path file) throws TlsFailure {
        try {
            return chain(file.toString(), RegularFile.bytes(file));
        } catch (IOException e) {
            throw new TlsFailure("certificate " + file + " (expected: PEM)", e);
        }
    }

    /** The certificates of a text in PEM. */
    static List<X509Certificate> chain(String name, byte[] pem) throws TlsFailure {
        try {
            Collection<? extends Certificate> all =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem));
            if (all.isEmpty()) {
                throw new TlsFailure("certificate " + name + ": no certificate in it (expected: PEM)");
            }
            return all.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException e) {
            throw new TlsFailure("certificate " + name + " (expected: PEM)", e);
        }
    }
}
