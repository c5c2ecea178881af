package io.laneway.gateway.traffic.token;

import io.laneway.router.request.VerifiedClaims;
import io.laneway.router.text.Slice;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A token that was verified for one listener, with what requests need of it. Immutable but for when it was used. */
final class VerifiedToken implements VerifiedClaims {

    private final byte[] text;
    private final int hash;
    private final TokenClaims claims;
    private final VerificationKey key;
    private final long end;
    private final byte[] @Nullable [] headers;

    /** Set by any loop, read where tokens are pushed out: an old value does no harm. */
    private boolean used;

    /**
     * A token.
     *
     * @param text    as it came
     * @param key     by which it was verified
     * @param end     milliseconds since 1970 from which on it does not count
     * @param headers values of identity headers in their order, null where a claim is absent
     */
    VerifiedToken(byte[] text, TokenClaims claims, VerificationKey key, long end, byte[] @Nullable [] headers) {
        this.text = text;
        this.hash = TokenHash.of(text, 0, text.length);
        this.claims = claims;
        this.key = key;
        this.end = end;
        this.headers = headers;
    }

    /** Whether it is these bytes; by the whole text, so that no other token passes for it. */
    boolean is(byte[] array, int offset, int length) {
        return text.length == length && Arrays.equals(text, 0, length, array, offset, offset + length);
    }

    /** Whether both are the same text. */
    boolean isSame(VerifiedToken other) {
        return Arrays.equals(text, other.text);
    }

    @Override
    public boolean find(byte[] name, Slice into) {
        return claims.find(name, into);
    }

    int hash() {
        return hash;
    }

    /** About how many bytes it takes. */
    int size() {
        return text.length * 2;
    }

    boolean counts(long nowMillis) {
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

    /** A request came with it. */
    void use() {
        if (!used) {
            used = true;
        }
    }

    /** Whether a request came with it lately. */
    boolean isUsed() {
        return used;
    }

    /** Whether a request came with it since this was asked last. */
    boolean wasUsed() {
        boolean was = used;
        used = false;
        return was;
    }
}
