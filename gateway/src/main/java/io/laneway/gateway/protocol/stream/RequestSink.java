package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes what comes from the client after the head: implemented by the exchange. Confined to one event loop; see the
 * package for the rules. A codec makes no call after {@code end}, {@link #trailers} or {@link #aborted} other than
 * {@link #writable}, {@link #leave} and {@link #aborted}.
 */
public interface RequestSink {

    /** Body bytes; ownership passes. An empty buffer with {@code end} is how a body of unknown length may end. */
    void data(ByteBuf data, boolean end);

    /** Where the bytes that come next may go without {@link #data}; null if they are all to be read. */
    default @Nullable Bypass requestBypass() {
        return null;
    }

    /** The body ended with trailers. */
    void trailers(HeaderLines trailers);

    /**
     * The client is gone, or broke the protocol in its body: nothing more comes. If the failure has a status and the
     * response has not begun, it may still be answered.
     */
    void aborted(Failure failure);

    /** The client's connection is about to be closed: a protocol with a closing message sends it. */
    void leave();

    /** {@link Downstream#isWritable} may have changed. */
    void writable();
}
