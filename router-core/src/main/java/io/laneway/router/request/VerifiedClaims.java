package io.laneway.router.request;

import io.laneway.router.text.Slice;

/** What a verified token says of who sent a request (RFC 7519). Implementations are immutable and allocate nothing. */
public interface VerifiedClaims {

    /**
     * Points {@code into} at the text of a claim, a number or boolean as written.
     *
     * @param name in UTF-8
     * @return false, with {@code into} cleared, if there is no such claim, or one that is no text
     */
    boolean find(byte[] name, Slice into);
}
