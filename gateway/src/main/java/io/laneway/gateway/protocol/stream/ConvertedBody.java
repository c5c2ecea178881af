package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.buffer.ByteBuf;

/**
 * Takes what a {@link Conversion} has made of a request's body: implemented by the exchange. Confined to one event loop;
 * see the package for the rules.
 */
public interface ConvertedBody {

    /** Body bytes; ownership passes. */
    void data(ByteBuf data, boolean end);

    /** The body ended with trailers. */
    void trailers(HeaderLines trailers);

    /** What the client sent cannot be converted: nothing more comes. */
    void failed(Failure failure);
}
