package io.laneway.control.auth.oidc;

import io.laneway.control.auth.AuthConfig.Oidc;
import io.laneway.control.auth.Denied;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a JWT says (RFC 7519), before its signature is looked at. A claim of another type than the RFC gives it makes
 * the token one that does not hold, as does an extension that must be understood (RFC 7515 section 4.1.11). Immutable.
 */
final class JwtClaims {

    private static final Set<String> ALGORITHMS =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "ES256K", "EdDSA");

    /** For clocks that are ahead of ours; the end of a token is its end. */
    private static final long LEEWAY_SECONDS = 30;

    private static final int PARTS = 3;
    private static final BigDecimal LAST = BigDecimal.valueOf(Long.MAX_VALUE / 1_000);

    private final JsonObject header;
    private final JsonObject claims;

    private JwtClaims(JsonObject header, JsonObject claims) {
        this.header = header;
        this.claims = claims;
    }

    /** Reads a token; fails with {@link Denied} if it is none, or of an algorithm that anyone can sign by. */
    static JwtClaims read(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            throw Denied.unknown("the token is not known, and no JWT");
        }
        JwtClaims read = new JwtClaims(object(parts[0]), object(parts[1]));
        if (!(read.header.getValue("alg") instanceof String alg) || !ALGORITHMS.contains(alg)) {
            throw Denied.unknown("alg: not one that counts (expected: an asymmetric one)");
        }
        if (read.header.containsKey("crit")) {
            throw Denied.unknown("crit: not understood");
        }
        return read;
    }

    private static JsonObject object(String part) {
        try {
            return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
        } catch (RuntimeException e) {
            throw Denied.unknown("the token cannot be read");
        }
    }

    /** The id of the key that signed it, null if it does not say. */
    @Nullable
    String key() {
        return header.getValue("kid") instanceof String id ? id : null;
    }

    /** Looks at issuer, audience and times. */
    void check(Oidc oidc, long nowMillis) {
        if (!oidc.issuer().equals(claims.getValue("iss"))) {
            throw Denied.unknown("iss: not the issuer that counts");
        }
        if (!oidc.audience().isEmpty() && !audience().contains(oidc.audience())) {
            throw Denied.unknown("aud: not for this API");
        }
        if (until() <= nowMillis) {
            throw Denied.unknown("the token has expired");
        }
        BigDecimal latest = BigDecimal.valueOf(nowMillis / 1_000 + LEEWAY_SECONDS);
        for (String begin : List.of("nbf", "iat")) {
            if (claims.containsKey(begin) && seconds(begin).compareTo(latest) > 0) {
                throw Denied.unknown(begin + ": the token does not hold yet");
            }
        }
    }

    private List<?> audience() {
        Object value = claims.getValue("aud");
        if (value instanceof JsonArray several && several.stream().allMatch(String.class::isInstance)) {
            return several.getList();
        }
        return value instanceof String one ? List.of(one) : List.of();
    }

    /** When it ends, in milliseconds since 1970. */
    long until() {
        return seconds("exp").min(LAST).multiply(BigDecimal.valueOf(1_000)).longValue();
    }

    private BigDecimal seconds(String name) {
        Object value = claims.getValue(name);
        // A number with an exponent of thousands of digits is read as infinite, which BigDecimal refuses.
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new BigDecimal(number.toString());
        }
        throw Denied.unknown(name + ": no number (expected: seconds since 1970)");
    }

    /** A claim that must be text where it is there; empty where it is not. */
    String text(String name) {
        Object value = claims.getValue(name);
        if (value == null && !claims.containsKey(name)) {
            return "";
        }
        if (value instanceof String text) {
            return text;
        }
        throw Denied.unknown(name + ": no text");
    }

    /** A claim that is text or a list. */
    List<?> words(String name) {
        Object value = claims.getValue(name);
        return value instanceof JsonArray list ? list.getList() : value == null ? List.of() : List.of(value);
    }
}
