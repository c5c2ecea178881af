package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.netty.channel.Channel;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection to an endpoint that carries streams: one at a time (HTTP/1.1) or many (HTTP/2). Confined to one event
 * loop at a time, owned by that loop's pool of the endpoint.
 */
public interface UpstreamConnection {

    /**
     * Opens a stream and hands it to {@link ResponseSink#opened}. To be called only while {@link #free} is above 0.
     */
    void open(ResponseSink sink);

    /** How many more streams it takes now; 0 also when it is closed or on its way there. */
    int free();

    /** The address of its peer, null if it has none. */
    @Nullable
    InetAddress remote();

    /** How many streams are open. */
    int streams();

    /** Whether it takes streams and none is open. */
    default boolean isIdle() {
        return free() > 0 && streams() == 0;
    }

    /** What it is made over. */
    Channel channel();

    /**
     * It is another event loop's and another pool's from now on. On the loop that it leaves, when its channel is registered
     * there no more; only while it is {@linkplain #isIdle idle}.
     */
    void moveTo(Loop loop, Owner owner);

    /** Takes no more streams and closes when those that are open have ended; at once if none are. */
    void retire();

    /** Hears what becomes of a connection: implemented by the pool. Confined to the same event loop. */
    interface Owner {

        /** It takes streams: the handshake is done, or a stream has ended, or the peer raised its limit. */
        void available(UpstreamConnection connection);

        /** Unsolicited bytes came on it: what its endpoint sends cannot be told from a response. */
        default void unsolicited() {}

        /**
         * The first bytes have come on a connection that is to carry HTTP/1.1.
         *
         * @param http2 whether they are frames of HTTP/2, so that the connection is of no use
         */
        void heard(boolean http2);

        /** It takes no more streams; called once, also if it never opened. Streams that are open continue. */
        void gone(UpstreamConnection connection);
    }
}
