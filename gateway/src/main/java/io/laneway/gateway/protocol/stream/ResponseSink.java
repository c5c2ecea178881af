package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Takes what comes from an endpoint: implemented by the exchange. Confined to one event loop; see the package for the
 * rules. No call follows {@code end}, {@link #trailers} or {@link #failed} other than {@link #writable}, and {@link #failed} for
 * a tunnel whose other direction breaks.
 */
public interface ResponseSink {

    /** The stream that was asked for is open; may be called before the asking returns. */
    void opened(UpstreamStream stream);

    /** An interim response (1xx). A {@code 101} is followed by raw bytes. */
    void informational(ResponseHead head);

    /**
     * The head of the response.
     *
     * @param end whether the response has neither body nor trailers
     */
    void head(ResponseHead head, boolean end);

    /** Body bytes; ownership passes. */
    void data(ByteBuf data, boolean end);

    /** Where the bytes that come next may go without {@link #data}; null if they are all to be read. */
    default @Nullable Bypass responseBypass() {
        return null;
    }

    /** The response ended with trailers. */
    void trailers(HeaderLines trailers);

    /** The stream could not be opened, or ended before the response did. */
    void failed(Failure failure);

    /** {@link UpstreamStream#isWritable} may have changed. */
    void writable();
}
