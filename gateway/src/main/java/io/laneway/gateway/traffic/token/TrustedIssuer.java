package io.laneway.gateway.traffic.token;

import io.laneway.gateway.runtime.config.JwtConfig;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An issuer whose tokens count, with its keys. Safe for many threads. */
record TrustedIssuer(JwtConfig.Issuer config, Set<String> types, IssuerKeys keys) {

    private static final String APPLICATION = "application/";
    private static final String PLAIN = "JWT";

    static TrustedIssuer of(JwtConfig.Issuer config, IssuerKeys keys) {
        return new TrustedIssuer(
                config, config.types().stream().map(TrustedIssuer::type).collect(Collectors.toUnmodifiableSet()), keys);
    }

    /** A media type, whose {@code application/} may be left out (RFC 7515 section 4.1.9). */
    private static String type(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return lower.startsWith(APPLICATION) ? lower.substring(APPLICATION.length()) : lower;
    }

    /** Whether its tokens may say that they are of such a type. */
    boolean takes(@Nullable String type) {
        return types.contains(type(type == null ? PLAIN : type));
    }
}
