package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.netty.channel.ChannelInboundHandlerAdapter;

/**
 * A client's connection as its responses see it. A class, so that its one subclass is called directly. Confined to its
 * event loop.
 */
abstract class ResponseHost extends ChannelInboundHandlerAdapter {

    abstract DownstreamPeer peer();

    /** What is read of the request that the response is for. */
    abstract RequestReading reading();

    /** The response is written. */
    abstract void responseWritten();

    /** Both directions carry raw bytes from now on. */
    abstract void switchToRaw();

    /** Our direction of a tunnel ends; the client's with it, if one cannot end alone. */
    abstract void endOutput();

    /** The client was asked to continue with its body. */
    abstract void continued();

    abstract void closeAfterResponse();

    /**
     * Whether the response whose head is being written may be followed by another one. What the client reads there is
     * kept: closed without notice, it could lose a request that it sends meanwhile (RFC 9112 section 9.3.1).
     */
    abstract boolean promisesMore();

    /**
     * Breaks the connection off so that the client sees its response is not whole.
     *
     * @param reset whether the end of the connection alone would look like the end of the response
     */
    abstract void abort(boolean reset);

    abstract boolean isWritable();

    abstract void pause(boolean pause);
}
