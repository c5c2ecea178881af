package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The stream to an endpoint, as the exchange that uses it sees it: an HTTP/1.1 connection for the time of one request,
 * or one HTTP/2 stream. Confined to one event loop; see the package for the rules. It gives itself back to its pool when
 * both directions have ended, or when it is cancelled or failed.
 */
public interface UpstreamStream {

    /**
     * Writes the request's head. The codec adds what its framing needs.
     *
     * @param end whether the request has neither body nor trailers
     */
    void head(RequestHead head, boolean end);

    /** Writes body bytes; takes ownership of the buffer. */
    void data(ByteBuf data, boolean end);

    /**
     * The connection that takes what comes next as it is and in order, so that it may get bytes by another way than {@link
     * #data}; null if there is none, as where they are framed.
     */
    default @Nullable Channel socket() {
        return null;
    }

    /** Whether it takes more of what a tunnel brings, though the endpoint's direction has ended. */
    boolean takesMore();

    /** Ends the request with trailers. */
    void trailers(HeaderLines trailers);

    /** Gives the exchange up: no more events come. An HTTP/1.1 connection is closed, an HTTP/2 stream reset. */
    void cancel();

    /** As {@link #cancel}; what ends with its connection is seen by its peer not to be whole. */
    default void reset() {
        cancel();
    }

    /**
     * Whether it takes more bytes without piling them up; {@link ResponseSink#writable} is called when it does again.
     */
    boolean isWritable();

    /** Stops reading the response: soon no more {@link ResponseSink#data} until {@link #resume}. */
    void pause();

    /** Reads the response again. */
    void resume();

    /** What it does, for people. */
    String state();

    /** Whether its connection carried a request before, so that its peer may have closed it meanwhile. */
    boolean reused();

    /** The address of the connection's peer, null if it has none. */
    @Nullable
    SocketAddress peer();

    /** Whether it is one of the streams of an HTTP/2 connection. */
    boolean multiplexed();
}
