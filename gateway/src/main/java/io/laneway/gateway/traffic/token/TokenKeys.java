package io.laneway.gateway.traffic.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of an issuer at one time, read from a JWK Set (RFC 7517 section 5): those that verify; what else is in it is
 * left out, so that a key of a new kind does not take the others away. Immutable.
 */
record TokenKeys(List<VerificationKey> keys) {

    /** So many keys are looked at. */
    private static final int MOST = 256;

    TokenKeys {
        keys = List.copyOf(keys);
    }

    /** @throws IllegalArgumentException if it is no JWK Set */
    static TokenKeys read(byte[] document) {
        List<VerificationKey> keys = new ArrayList<>();
        for (Map<String, Object> each : set(document)) {
            VerificationKey key = key(each);
            if (key != null && keys.size() < MOST) {
                keys.add(key);
            }
        }
        return new TokenKeys(keys);
    }

    private static Map<String, Object>[] set(byte[] document) {
        try {
            Map<String, Object> set = JSONObjectUtils.parse(new String(document, StandardCharsets.UTF_8));
            Map<String, Object>[] all = JSONObjectUtils.getJSONObjectArray(set, "keys");
            if (all != null) {
                return all;
            }
        } catch (ParseException e) {
            throw new IllegalArgumentException("not a JWK Set: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no keys (expected: a JWK Set)");
    }

    private static @Nullable VerificationKey key(Map<String, Object> jwk) {
        try {
            return VerificationKey.of(JWK.parse(jwk));
        } catch (ParseException | JOSEException | GeneralSecurityException | RuntimeException e) {
            return null;
        }
    }

    /** Whether one of them may have signed a token whose header says that. */
    boolean hasFor(String algorithm, @Nullable String id) {
        for (VerificationKey key : keys) {
            if (key.suits(algorithm, id)) {
                return true;
            }
        }
        return false;
    }

    /** The key that signed a token whose header says that; null if none of them did. */
    @Nullable
    VerificationKey signer(String algorithm, @Nullable String id, TokenText token) {
        for (VerificationKey key : keys) {
            if (key.suits(algorithm, id) && key.signed(algorithm, token.signed(), token.signature())) {
                return key;
            }
        }
        return null;
    }
}
