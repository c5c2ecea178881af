package io.laneway.gateway.upstream.balance;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the values that stand for endpoints in session cookies: a keyed hash (HMAC-SHA256) of the endpoint's address and of
 * the deployment it belongs to. Each gateway with the same secret makes the same values, and no value of one deployment is
 * one of another. Immutable.
 */
public final class SessionKey {

    /** Of gateways without a secret of their own: values hide addresses from readers, not from those who try them all. */
    public static final SessionKey PUBLIC = new SessionKey("laneway session affinity");

    private static final String HMAC = "HmacSHA256";

    private final SecretKeySpec key;

    private SessionKey(String secret) {
        this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    }

    /** With that secret; the public one if it is empty. */
    public static SessionKey of(String secret) {
        return secret.isEmpty() ? PUBLIC : new SessionKey(secret);
    }

    /** The value of an endpoint. */
    public long value(String service, String lane, String address) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            byte[] hash = mac.doFinal((service + '\n' + lane + '\n' + address).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(hash).getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java runtime has " + HMAC, e);
        }
    }
}
