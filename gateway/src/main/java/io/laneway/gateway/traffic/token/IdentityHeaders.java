package io.laneway.gateway.traffic.token;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.traffic.token.JsonMembers.Kind;
import io.laneway.gateway.traffic.token.JsonMembers.Value;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The headers that say who a verified token names. Under their names strangers say nothing, nor under names that differ in
 * hyphens and underscores alone. Immutable.
 */
final class IdentityHeaders {

    private final List<HeaderName> names = new ArrayList<>();
    private final List<String> claims = new ArrayList<>();
    private final @Nullable HeaderEdit strangers;

    /** @param headers the claim of each header, by its name */
    IdentityHeaders(Map<String, String> headers) {
        headers.forEach((name, claim) -> {
            names.add(HeaderName.of(name));
            claims.add(claim);
        });
        this.strangers = headers.isEmpty() ? null : HeaderEdit.removing(List.copyOf(headers.keySet()));
    }

    /** Takes off what the client says. */
    void strip(HeaderLines lines) {
        if (strangers != null) {
            strangers.removeTwins(lines);
            strangers.apply(lines);
        }
    }

    /** The values that a token gives them, in their order; null for a claim that is absent or fits into no header. */
    byte[] @Nullable [] values(TokenClaims token) {
        byte[] @Nullable [] values = new byte @Nullable [names.size()][];
        for (int i = 0; i < values.length; i++) {
            String text = text(token.of(claims.get(i)));
            values[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
        }
        return values;
    }

    /** Adds what the token says. */
    void write(HeaderLines lines, VerifiedToken token) {
        for (int i = 0; i < names.size(); i++) {
            byte[] value = token.header(i);
            if (value != null) {
                lines.add(names.get(i), value, 0, value.length);
            }
        }
    }

    private static @Nullable String text(@Nullable Value claim) {
        if (claim == null) {
            return null;
        }
        if (claim.isPlain()) {
            return fits(claim.text()) ? claim.text() : null;
        }
        boolean list = claim.kind() == Kind.LIST && !claim.list().isEmpty();
        return list
                        && claim.list().stream()
                                .allMatch(one -> fits(one.text()) && one.text().indexOf(',') < 0)
                ? claim.list().stream().map(Value::text).collect(Collectors.joining(","))
                : null;
    }

    /** Whether it comes out of a header as it went in: white space around a value is taken off by who reads it. */
    private static boolean fits(String text) {
        return !text.isEmpty() && text.equals(text.strip()) && text.chars().allMatch(c -> c >= ' ' && c != 0x7F);
    }
}
