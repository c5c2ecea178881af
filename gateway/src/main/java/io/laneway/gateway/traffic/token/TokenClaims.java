package io.laneway.gateway.traffic.token;

import io.laneway.gateway.traffic.token.JsonMembers.Kind;
import io.laneway.gateway.traffic.token.JsonMembers.Value;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a token says (RFC 7519 section 4), with those claims that are plain texts ready to be found. Immutable. */
final class TokenClaims {

    private static final double MILLIS = 1_000;

    private final JsonMembers claims;
    private final byte[][] names;
    private final byte[][] texts;

    TokenClaims(JsonMembers claims) {
        this.claims = claims;
        List<byte[]> found = new ArrayList<>();
        List<byte[]> values = new ArrayList<>();
        for (Map.Entry<String, Value> each : claims.all().entrySet()) {
            if (each.getValue().isPlain()) {
                found.add(each.getKey().getBytes(StandardCharsets.UTF_8));
                values.add(each.getValue().text().getBytes(StandardCharsets.UTF_8));
            }
        }
        this.names = found.toArray(byte[][]::new);
        this.texts = values.toArray(byte[][]::new);
    }

    /** Points {@code into} at a claim that is a text, number or boolean; false if there is no such. */
    boolean find(byte[] name, Slice into) {
        for (int i = 0; i < names.length; i++) {
            if (Arrays.equals(names[i], name)) {
                into.set(texts[i], 0, texts[i].length);
                return true;
            }
        }
        into.clear();
        return false;
    }

    /** The issuer, null unless it is a text. */
    @Nullable
    String issuer() {
        Value value = claims.of("iss");
        return value != null && value.kind() == Kind.TEXT ? value.text() : null;
    }

    /** A claim, null if there is none of that name. */
    @Nullable
    Value of(String name) {
        return claims.of(name);
    }

    /** Whether {@code aud} names one of these; any token does where there are none. */
    boolean isFor(List<String> audiences) {
        if (audiences.isEmpty()) {
            return true;
        }
        Value value = claims.of("aud");
        if (value == null || (value.kind() != Kind.TEXT && value.kind() != Kind.LIST)) {
            return false;
        }
        List<Value> named = value.kind() == Kind.TEXT ? List.of(value) : value.list();
        return named.stream().allMatch(one -> one.kind() == Kind.TEXT)
                && named.stream().anyMatch(one -> audiences.contains(one.text()));
    }

    /** Why the times in it keep it from counting now; null for nothing. A token without an end never counts. */
    @Nullable
    TokenRefusal refusal(long nowMillis, Duration skew) {
        double end = millis("exp");
        double begin = claims.has("nbf") ? millis("nbf") : 0;
        if (Double.isNaN(end) || Double.isNaN(begin) || (claims.has("iat") && Double.isNaN(millis("iat")))) {
            return TokenRefusal.MALFORMED;
        }
        if (nowMillis >= end + skew.toMillis()) {
            return TokenRefusal.EXPIRED;
        }
        return begin > (double) nowMillis + skew.toMillis() ? TokenRefusal.NOT_YET : null;
    }

    /** Milliseconds since 1970 from which on it does not count. */
    long end(Duration skew) {
        // a number that is too large becomes the largest
        return (long) (millis("exp") + skew.toMillis());
    }

    private double millis(String name) {
        Value value = claims.of(name);
        if (value == null || value.kind() != Kind.NUMBER) {
            return Double.NaN;
        }
        double seconds = Double.parseDouble(value.text());
        return Double.isInfinite(seconds) ? Double.NaN : seconds * MILLIS;
    }
}
