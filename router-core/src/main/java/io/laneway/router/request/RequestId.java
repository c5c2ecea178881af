package io.laneway.router.request;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/**
 * The id by which requests are divided, among the services of a route, the environments of a shift and what is recorded of
 * them: the first {@code x-request-id}. All take the same one, and each by a hash of its own, so that one division says
 * nothing about the others. Stateless.
 */
public final class RequestId {

    private static final HeaderName NAME = HeaderName.of("x-request-id");

    private RequestId() {}

    /** Points {@code into} at the id, without white space around it; false, with {@code into} cleared, if there is none. */
    public static boolean read(Matchable request, Slice into) {
        return request.header(NAME, into) && into.length() > 0;
    }
}
