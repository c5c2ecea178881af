package io.laneway.gateway.protocol.tls;

import io.laneway.gateway.runtime.config.RegularFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whether a private key belongs to a certificate: BoringSSL takes any pair, and clients would be the first to know. */
final class KeyMatch {

    private static final Pattern PEM =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final byte[] PROOF = "laneway".getBytes(StandardCharsets.US_ASCII);

    private KeyMatch() {}

    /** Refuses a key that is not the certificate's. Files that hold no PKCS#8 key are left for the engine to refuse. */
    static void require(X509Certificate certificate, Path certificateFile, Path keyFile) throws TlsFailure {
        try {
            Matcher pem = PEM.matcher(new String(RegularFile.bytes(keyFile), StandardCharsets.ISO_8859_1));
            if (pem.find()
                    && !matches(
                            certificate.getPublicKey(), Base64.getMimeDecoder().decode(pem.group(1)))) {
                throw new TlsFailure("key " + keyFile + " does not belong to certificate " + certificateFile
                        + " (expected: its own)");
            }
        } catch (IOException e) {
            throw new TlsFailure("key " + keyFile + " (expected: PEM)", e);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new TlsFailure(
                    "key " + keyFile + " for certificate " + certificateFile + " (expected: its own, PKCS#8)", e);
        }
    }

    private static boolean matches(PublicKey ours, byte[] pkcs8) throws GeneralSecurityException {
        PrivateKey key = KeyFactory.getInstance(ours.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
        String algorithm = switch (ours.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> ours.getAlgorithm();
        };
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROOF);
        byte[] signed = signature.sign();
        signature.initVerify(ours);
        signature.update(PROOF);
        return signature.verify(signed);
    }
}
