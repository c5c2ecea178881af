package io.laneway.router.model.shift;

import java.util.Objects;

/**
 * One place where a request may carry its tenant. Immutable.
 *
 * @param name header, query parameter, cookie or claim name, or for a host a pattern with one {@code {tenant}} place
 */
public record TenantSource(Kind kind, String name) {

    /** The kinds of places. */
    public enum Kind {
        HEADER("header"),
        QUERY("query"),
        COOKIE("cookie"),
        /**
         * A claim of the bearer token in {@code Authorization}: on external listeners of one that their {@code jwt} has
         * verified, on internal ones of any.
         */
        JWT_CLAIM("jwtClaim"),
        HOST("host");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** The key in the document. */
        public String word() {
            return word;
        }
    }

    public TenantSource {
        Objects.requireNonNull(kind, "kind");
        if (name.isBlank()) {
            throw new IllegalArgumentException(kind.word() + ": '' (expected: a name)");
        }
    }
}
