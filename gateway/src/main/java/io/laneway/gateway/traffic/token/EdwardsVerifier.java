package io.laneway.gateway.traffic.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;

/**
 * Verifies signatures by Ed25519 (RFC 8037) with the JDK's own: Nimbus would want another library for it. Immutable.
 */
final class EdwardsVerifier implements SignatureVerifier {

    private static final String NAME = "Ed25519";
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    /** What stands before the key itself in its X.509 form (RFC 8410 section 4). */
    private static final byte[] PREFIX = {0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00};

    private final PublicKey key;

    private EdwardsVerifier(PublicKey key) {
        this.key = key;
    }

    static EdwardsVerifier of(byte[] key) throws GeneralSecurityException {
        if (key.length != KEY_BYTES) {
            throw new GeneralSecurityException("x: " + key.length + " bytes (expected: " + KEY_BYTES + ")");
        }
        byte[] encoded = new byte[PREFIX.length + KEY_BYTES];
        System.arraycopy(PREFIX, 0, encoded, 0, PREFIX.length);
        System.arraycopy(key, 0, encoded, PREFIX.length, KEY_BYTES);
        return new EdwardsVerifier(KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(encoded)));
    }

    @Override
    public boolean verify(String algorithm, byte[] signed, byte[] signature) throws GeneralSecurityException {
        if (signature.length != SIGNATURE_BYTES) {
            return false;
        }
        Signature check = Signature.getInstance(NAME);
        check.initVerify(key);
        check.update(signed);
        return check.verify(signature);
    }
}
