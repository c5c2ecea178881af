package io.laneway.gateway.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A key pair of an issuer, which signs whatever it is given, by the JDK alone.
 *
 * @param id        {@code kid}
 * @param algorithm by which it signs, as JOSE names it
 */
public record TokenKey(String id, String algorithm, KeyPair pair) {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    /** A new key for an algorithm. */
    public static TokenKey of(String id, String algorithm) {
        try {
            return new TokenKey(id, algorithm, pair(algorithm));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new RSA key. */
    public static TokenKey of(String id) {
        return of(id, "RS256");
    }

    private static KeyPair pair(String algorithm) throws GeneralSecurityException {
        if (algorithm.startsWith("E") && !algorithm.startsWith("ES")) {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        }
        KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.startsWith("ES") ? "EC" : "RSA");
        if (algorithm.startsWith("ES")) {
            generator.initialize(new ECGenParameterSpec("secp" + bits(algorithm) + "r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private static int bits(String algorithm) {
        return algorithm.endsWith("512") ? 521 : Integer.parseInt(algorithm.substring(2));
    }

    /** The same pair under another id. */
    public TokenKey as(String other) {
        return new TokenKey(other, algorithm, pair);
    }

    /** The same pair for another algorithm. */
    public TokenKey by(String other) {
        return new TokenKey(id, other, pair);
    }

    /** The public half as JWK. */
    public String jwk() {
        String common = "\"kid\":\"" + id + "\",\"use\":\"sig\"";
        if (pair.getPublic() instanceof RSAPublicKey rsa) {
            return "{\"kty\":\"RSA\"," + common + ",\"n\":\"" + number(rsa.getModulus(), 0) + "\",\"e\":\""
                    + number(rsa.getPublicExponent(), 0) + "\"}";
        }
        if (pair.getPublic() instanceof ECPublicKey ec) {
            int bits = bits(algorithm);
            int bytes = (bits + 7) / 8;
            return "{\"kty\":\"EC\"," + common + ",\"crv\":\"P-" + bits + "\",\"x\":\""
                    + number(ec.getW().getAffineX(), bytes) + "\",\"y\":\""
                    + number(ec.getW().getAffineY(), bytes) + "\"}";
        }
        byte[] encoded = pair.getPublic().getEncoded();
        return "{\"kty\":\"OKP\"," + common + ",\"crv\":\"Ed25519\",\"x\":\""
                + BASE64.encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length)) + "\"}";
    }

    private static String number(BigInteger number, int bytes) {
        byte[] raw = number.toByteArray();
        byte[] magnitude = raw[0] == 0 && raw.length > 1 ? Arrays.copyOfRange(raw, 1, raw.length) : raw;
        byte[] padded = new byte[Math.max(bytes, magnitude.length)];
        System.arraycopy(magnitude, 0, padded, padded.length - magnitude.length, magnitude.length);
        return BASE64.encodeToString(padded);
    }

    /** A token with these claims. */
    public String sign(String claims) {
        return sign("{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\",\"typ\":\"JWT\"}", claims);
    }

    /** A token with that header, whatever it says. */
    public String sign(String header, String claims) {
        return sign(header, claims.getBytes(StandardCharsets.UTF_8));
    }

    /** A token with that header and those bytes. */
    public String sign(String header, byte[] claims) {
        String text = part(header) + "." + part(claims);
        return text + "." + BASE64.encodeToString(signature(text));
    }

    private byte[] signature(String text) {
        try {
            Signature signature = signer(algorithm, pair.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Signature signer(String algorithm, PrivateKey key) throws GeneralSecurityException {
        String hash = algorithm.startsWith("E") && !algorithm.startsWith("ES") ? "" : algorithm.substring(2);
        Signature signature = switch (algorithm.substring(0, 2)) {
            case "RS" -> Signature.getInstance("SHA" + hash + "withRSA");
            case "PS" -> Signature.getInstance("RSASSA-PSS");
            case "ES" -> Signature.getInstance("SHA" + hash + "withECDSAinP1363Format");
            default -> Signature.getInstance("Ed25519");
        };
        if (algorithm.startsWith("PS")) {
            signature.setParameter(new PSSParameterSpec(
                    "SHA-" + hash,
                    "MGF1",
                    new MGF1ParameterSpec("SHA-" + hash),
                    Integer.parseInt(hash) / 8,
                    PSSParameterSpec.TRAILER_FIELD_BC));
        }
        signature.initSign(key);
        return signature;
    }

    /** One part of a token. */
    public static String part(String text) {
        return part(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One part of a token. */
    public static String part(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
