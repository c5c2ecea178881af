package io.laneway.xds.stream;

/**
 * The way back to a client of one stream. Called by the hub's thread alone.
 *
 * @param <S> the kind of responses
 */
public interface Outlet<S> {

    /** Sends a response. */
    void send(S response);

    /** Ends the stream because of what the client sent. */
    void refuse(String why);
}
