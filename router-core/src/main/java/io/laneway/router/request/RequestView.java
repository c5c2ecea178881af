package io.laneway.router.request;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import org.jspecify.annotations.Nullable;

/**
 * What the decision may read of a request, whatever protocol brought it. Implementations point the given slice at the
 * bytes and allocate nothing.
 */
public interface RequestView extends Matchable {

    /** Points {@code into} at the value of the {@code n}-th (from 0) header line of that name; false if there is none. */
    boolean header(HeaderName name, int n, Slice into);

    /** Points {@code into} at the path and query, in origin form ({@code /path?query}). */
    void target(Slice into);

    /**
     * Points {@code into} at a claim of the token that was verified for this request, a number or boolean as written.
     *
     * @param name of the claim in UTF-8
     * @return false, with {@code into} cleared, if no token was verified or it has no such claim
     */
    default boolean verifiedClaim(byte[] name, Slice into) {
        into.clear();
        return false;
    }

    /** The slug of the lane that a signed link grants this request; null for none. */
    default @Nullable String grantedLane() {
        return null;
    }

    /** Points {@code into} at the host and maybe port that the request is for ({@code Host} or {@code :authority}). */
    void authority(Slice into);
}
