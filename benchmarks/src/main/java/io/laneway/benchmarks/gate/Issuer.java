package io.laneway.benchmarks.gate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;

/** An issuer of tokens with one RSA key, by the JDK alone. Stateless. */
final class Issuer {

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private Issuer() {}

    /** Writes its keys to a file, and issues a token that lasts for the run. */
    static String token(Path keys) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            KeyPair pair = generator.generateKeyPair();
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            Files.writeString(
                    keys,
                    "{\"keys\":[{\"kty\":\"RSA\",\"kid\":\"k\",\"alg\":\"RS256\",\"n\":\"" + text(key.getModulus())
                            + "\",\"e\":\"" + text(key.getPublicExponent()) + "\"}]}");
            long end = System.currentTimeMillis() / 1000 + 24 * 3600;
            String signed = text("{\"alg\":\"RS256\",\"kid\":\"k\",\"typ\":\"JWT\"}") + "."
                    + text(
                            "{\"iss\":\"https://id.test\",\"aud\":\"shop\",\"sub\":\"alice@example.com\",\"tenant\":\"acme\",\"scope\":\"openid"
                                    + " profile email\",\"exp\":" + end + "}");
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(String json) {
        return BASE64.encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int from = bytes[0] == 0 ? 1 : 0;
        return BASE64.encodeToString(Arrays.copyOfRange(bytes, from, bytes.length));
    }
}
