package io.laneway.router.request;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * What the decision may read of a request, whatever protocol brought it. Implementations point the given slice at the
 * bytes and allocate nothing.
 */
public interface RequestView extends Matchable {

    /** Points {@code into} at the value of the {@code n}-th (from 0) header line of that name; false if there is none. */
    boolean header(HeaderName name, int n, Slice into);

    /** Points {@code into} at the path and query, in origin form ({@code /path?query}). */
    void target(Slice into);

    /** Points {@code into} at the host and maybe port that the request is for ({@code Host} or {@code :authority}). */
    void authority(Slice into);
}
