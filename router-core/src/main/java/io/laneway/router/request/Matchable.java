package io.laneway.router.request;

import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;

/** What a route may ask of a request beside its host and target. Implementations allocate nothing. */
public interface Matchable {

    /** {@link #port} of a request that came in at none, such as one that is asked about. */
    int ANY_PORT = 0;

    /**
     * Points {@code into} at the value of the first header line of that name, without white space around it.
     *
     * @return false, with {@code into} cleared, if there is none
     */
    boolean header(HeaderName name, Slice into);

    /** Points {@code into} at the method as received; empty where it was not said. */
    void method(Slice into);

    /** The port of the listener at which it came in, {@link #ANY_PORT} for every one. */
    default int port() {
        return ANY_PORT;
    }
}
