package io.laneway.gateway.traffic.token;

import org.jspecify.annotations.Nullable;

/**
 * What came of verifying a token: exactly one of the two. Immutable.
 *
 * @param token   null if it does not count
 * @param refusal null if it counts
 */
record TokenResult(@Nullable VerifiedToken token, @Nullable TokenRefusal refusal) {

    static TokenResult of(VerifiedToken token) {
        return new TokenResult(token, null);
    }

    static TokenResult of(TokenRefusal refusal) {
        return new TokenResult(null, refusal);
    }
}
