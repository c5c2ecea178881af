package io.laneway.gateway.traffic.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A public key of an issuer that verifies signatures (RFC 7517). Two keys are equal if they have the same id, algorithm
 * and numbers. Immutable.
 *
 * @param id         null if it has none
 * @param algorithm  the only one that it is for, null for all of its kind
 * @param thumbprint of its numbers (RFC 7638)
 */
record VerificationKey(
        @Nullable String id,
        @Nullable String algorithm,
        String thumbprint,
        Set<String> algorithms,
        SignatureVerifier verifier) {

    private static final int LEAST_RSA_BITS = 2048;
    private static final Set<String> RSA = Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512");
    private static final Set<String> EDWARDS = Set.of("EdDSA", "Ed25519");

    /** Every algorithm that may count: signatures by a key that only the issuer has. */
    static boolean isAlgorithm(String name) {
        return RSA.contains(name)
                || EDWARDS.contains(name)
                || name.equals("ES256")
                || name.equals("ES384")
                || name.equals("ES512");
    }

    /**
     * The key of a JWK, null for one that does not verify: symmetric, for encryption, too weak, or not understood.
     *
     * @throws JOSEException if its numbers make no key
     */
    static @Nullable VerificationKey of(JWK jwk) throws JOSEException, GeneralSecurityException {
        boolean signs = jwk.getKeyUse() == null || KeyUse.SIGNATURE.equals(jwk.getKeyUse());
        boolean verifies =
                jwk.getKeyOperations() == null || jwk.getKeyOperations().contains(KeyOperation.VERIFY);
        if (!signs || !verifies) {
            return null;
        }
        if (jwk instanceof RSAKey rsa) {
            return rsa.size() < LEAST_RSA_BITS ? null : key(jwk, RSA, jose(new RSASSAVerifier(rsa.toRSAPublicKey())));
        }
        if (jwk instanceof ECKey ec) {
            String algorithm = byCurve(ec.getCurve());
            return algorithm == null ? null : key(jwk, Set.of(algorithm), jose(new ECDSAVerifier(ec.toECPublicKey())));
        }
        return jwk instanceof OctetKeyPair pair && Curve.Ed25519.equals(pair.getCurve())
                ? key(jwk, EDWARDS, EdwardsVerifier.of(pair.getDecodedX()))
                : null;
    }

    private static @Nullable String byCurve(Curve curve) {
        if (Curve.P_256.equals(curve)) {
            return "ES256";
        }
        return Curve.P_384.equals(curve) ? "ES384" : Curve.P_521.equals(curve) ? "ES512" : null;
    }

    private static VerificationKey key(JWK jwk, Set<String> algorithms, SignatureVerifier verifier)
            throws JOSEException {
        String only = jwk.getAlgorithm() == null ? null : jwk.getAlgorithm().getName();
        String thumbprint = jwk.computeThumbprint().toString();
        return new VerificationKey(jwk.getKeyID(), only, thumbprint, algorithms, verifier);
    }

    private static SignatureVerifier jose(JWSVerifier verifier) {
        return (algorithm, signed, signature) ->
                verifier.verify(new JWSHeader(JWSAlgorithm.parse(algorithm)), signed, Base64URL.encode(signature));
    }

    /** Whether it may have signed a token whose header says that. */
    boolean suits(String tokenAlgorithm, @Nullable String tokenKey) {
        return algorithms.contains(tokenAlgorithm)
                && (algorithm == null || algorithm.equals(tokenAlgorithm))
                && (tokenKey == null || tokenKey.equals(id));
    }

    /** Whether it signed that. */
    boolean signed(String tokenAlgorithm, byte[] text, byte[] signature) {
        try {
            return verifier.verify(tokenAlgorithm, text, signature);
        } catch (GeneralSecurityException | JOSEException e) {
            // a signature that is none: of a wrong length, or numbers out of range
            return false;
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerificationKey that
                && thumbprint.equals(that.thumbprint)
                && Objects.equals(id, that.id)
                && Objects.equals(algorithm, that.algorithm);
    }

    @Override
    public int hashCode() {
        return thumbprint.hashCode();
    }
}
