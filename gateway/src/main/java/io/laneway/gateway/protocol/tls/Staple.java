package io.laneway.gateway.protocol.tls;

import io.laneway.router.access.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The OCSP response that is stapled to a certificate (RFC 6066 section 8), from the file beside the certificate that is
 * named like it plus {@code .ocsp}. One that clients would have to refuse is not used: without a response most connect all the same.
 * Immutable.
 *
 * @param response  DER, or null if there is none to use
 * @param problem why there is none, empty if there is one or none is wanted
 */
record Staple(@Nullable ByteBuffer response, String problem) {

    static final Staple NONE = new Staple(null, "");

    /** {@code SEQUENCE} with a long length, then {@code ENUMERATED} 0: successful (RFC 6960 section 4.2.1). */
    private static final int SEQUENCE = 0x30;

    private static final int LONG_LENGTH = 0x80;
    private static final byte[] SUCCESSFUL = {0x0a, 1, 0};

    /** Reads the response for the first certificate of a chain. */
    static Staple read(Path certificate, List<X509Certificate> chain) {
        Path file = certificate.resolveSibling(certificate.getFileName() + ".ocsp");
        try {
            if (!Files.exists(file)) {
                return new Staple(null, "OCSP response " + file + ": no such file, nothing is stapled");
            }
            byte[] response = RegularFile.bytes(file);
            String fault = fault(response, chain);
            return fault == null
                    ? new Staple(ByteBuffer.wrap(response).asReadOnlyBuffer(), "")
                    : new Staple(null, "OCSP response " + file + ": " + fault + ", nothing is stapled");
        } catch (IOException e) {
            return new Staple(null, "OCSP response " + file + ": unreadable, nothing is stapled");
        }
    }

    private static @Nullable String fault(byte[] response, List<X509Certificate> chain) {
        if (!isSuccessful(response)) {
            return "no successful response (expected: DER of an OCSPResponse)";
        }
        return chain.size() > 1 ? fault(response, chain.get(0), chain.get(1)) : null;
    }

    private static boolean isSuccessful(byte[] response) {
        int at = response.length > 1 && response[1] < 0 ? 2 + (response[1] & ~LONG_LENGTH & 0xff) : 2;
        return response.length > at + SUCCESSFUL.length
                && response[0] == SEQUENCE
                && ByteBuffer.wrap(SUCCESSFUL).equals(ByteBuffer.wrap(response, at, SUCCESSFUL.length));
    }

    /** Has Java's own check of revocation read it, as clients do. With a response at hand it sends no request. */
    private static @Nullable String fault(byte[] response, X509Certificate certificate, X509Certificate issuer) {
        try {
            CertPathValidator validator = CertPathValidator.getInstance("PKIX");
            PKIXRevocationChecker checker = (PKIXRevocationChecker) validator.getRevocationChecker();
            checker.setOcspResponses(Map.of(certificate, response));
            checker.setOptions(
                    EnumSet.of(PKIXRevocationChecker.Option.ONLY_END_ENTITY, PKIXRevocationChecker.Option.NO_FALLBACK));
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(issuer, null)));
            parameters.addCertPathChecker(checker);
            validator.validate(
                    CertificateFactory.getInstance("X.509").generateCertPath(List.of(certificate)), parameters);
            return null;
        } catch (GeneralSecurityException e) {
            return e.getMessage();
        }
    }
}
