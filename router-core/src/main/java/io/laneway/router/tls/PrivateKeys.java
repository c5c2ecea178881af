package io.laneway.router.tls;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** Private keys of certificates. Engines take a key that is another's, and clients would be the first to notice. Stateless. */
final class PrivateKeys {

    private static final byte[] PROOF = "laneway".getBytes(StandardCharsets.US_ASCII);

    private PrivateKeys() {}

    /**
     * The key in a text in PEM.
     *
     * @throws IllegalArgumentException if there is none, or one that cannot be read or is not that of the certificate
     */
    static PrivateKey of(String pem, PublicKey certified) {
        byte[] der = Pkcs8.der(pem);
        try {
            PrivateKey key =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(der));
            if (!belongs(key, certified)) {
                throw new IllegalArgumentException("is another's (expected: the certificate's own)");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    e.getMessage() + " (expected: a private key for " + certified.getAlgorithm() + ")", e);
        }
    }

    private static boolean belongs(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        if (key instanceof RSAKey own && certified instanceof RSAKey theirs) {
            return own.getModulus().equals(theirs.getModulus());
        }
        String algorithm = certified.getAlgorithm().equals("EC") ? "SHA256withECDSA" : certified.getAlgorithm();
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(PROOF);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(PROOF);
        return signature.verify(signed);
    }
}
