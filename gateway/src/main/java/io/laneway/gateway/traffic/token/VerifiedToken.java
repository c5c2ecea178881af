package io.laneway.gateway.traffic.token;

import io.laneway.gateway.traffic.verified.VerifiedText;
import io.laneway.router.request.VerifiedClaims;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/** A token that was verified for one listener, with what requests need of it. Immutable but for when it was used. */
final class VerifiedToken extends VerifiedText implements VerifiedClaims {

    private final TokenClaims claims;
    private final VerificationKey key;
    private final long end;
    private final byte[] @Nullable [] headers;

    /**
     * A token.
     *
     * @param text    as it came
     * @param key     by which it was verified
     * @param end     milliseconds since 1970 from which on it does not count
     * @param headers values of identity headers in their order, null where a claim is absent
     */
    VerifiedToken(byte[] text, TokenClaims claims, VerificationKey key, long end, byte[] @Nullable [] headers) {
        super(text);
        this.claims = claims;
        this.key = key;
        this.end = end;
        this.headers = headers;
    }

    @Override
    public boolean find(byte[] name, Slice into) {
        return claims.find(name, into);
    }

    @Override
    protected boolean counts(long nowMillis) {
        return nowMillis < end;
    }

    /** Whether it is of that issuer, and not by one of these keys of it. */
    boolean isWithdrawn(String issuer, TokenKeys keys) {
        return issuer.equals(claims.issuer()) && !keys.keys().contains(key);
    }

    VerificationKey key() {
        return key;
    }

    /** The value of an identity header, null for none. */
    byte @Nullable [] header(int number) {
        return headers[number];
    }
}
