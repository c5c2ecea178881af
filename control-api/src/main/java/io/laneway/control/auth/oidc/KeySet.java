package io.laneway.control.auth.oidc;

import io.laneway.control.auth.Denied;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keys of a JWK Set (RFC 7517) that sign. Only asymmetric ones count, so that no client can sign with what is public;
 * the verifier leaves out those that it does not understand (section 5). Immutable.
 */
final class KeySet {

    private static final Set<String> ASYMMETRIC = Set.of("RSA", "EC", "OKP");

    /** An issuer that lets a key of one id be another one is not followed there: the id and the key are one. */
    private final Map<String, String> byId;

    private final Set<String> all;
    private final @Nullable JWTAuth verifier;

    private KeySet(Map<String, String> byId, Set<String> all, @Nullable JWTAuth verifier) {
        this.byId = Map.copyOf(byId);
        this.all = Set.copyOf(all);
        this.verifier = verifier;
    }

    /** @throws IllegalArgumentException if it is no JWK Set */
    static KeySet of(Vertx vertx, JsonObject document) {
        if (!(document.getValue("keys") instanceof JsonArray keys)) {
            throw new IllegalArgumentException("no keys (expected: a JWK Set)");
        }
        Map<String, String> byId = new HashMap<>();
        Set<String> all = new HashSet<>();
        JWTAuthOptions options = options();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.getValue(i) instanceof JsonObject key && signs(key)) {
                options.addJwk(key);
                all.add(key.encode());
                if (key.getValue("kid") instanceof String id) {
                    byId.put(id, key.encode());
                }
            }
        }
        return new KeySet(byId, all, all.isEmpty() ? null : JWTAuth.create(vertx, options));
    }

    private static boolean signs(JsonObject key) {
        return key.getValue("kty") instanceof String type
                && ASYMMETRIC.contains(type)
                && "sig".equals(key.getValue("use", "sig"));
    }

    /** The verifier looks at signatures alone; {@link JwtClaims} looks at the claims. */
    private static JWTAuthOptions options() {
        return new JWTAuthOptions().setJWTOptions(new JWTOptions().setIgnoreExpiration(true));
    }

    /** Whether it has a key of that id. */
    boolean has(String id) {
        return byId.containsKey(id);
    }

    /** What names the key by which a token is verified: all keys together where the token names none. */
    String fingerprint(@Nullable String id) {
        return id == null ? "" : byId.getOrDefault(id, "");
    }

    /** Whether the key of a fingerprint is one of these. */
    boolean holds(String fingerprint) {
        return fingerprint.isEmpty() ? !all.isEmpty() : all.contains(fingerprint);
    }

    /** Succeeds if one of the keys signed it; without any key nothing verifies, {@code alg: none} neither. */
    Future<Void> verify(String token) {
        if (verifier == null) {
            return Future.failedFuture(Denied.unknown("the issuer has no keys"));
        }
        try {
            return verifier.authenticate(new TokenCredentials(token)).mapEmpty();
        } catch (RuntimeException e) {
            return Future.failedFuture(e);
        }
    }
}
