package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.buffer.ByteBuf;

/**
 * One client's stream whose request is converted to another protocol and whose response is converted back, so that the
 * exchange sees the other protocol alone. It is made once the request's service is known, has changed the head by then,
 * and hands the body on to a {@link ConvertedBody}. Confined to one event loop; one for each exchange.
 */
public interface Conversion extends Downstream {

    /** Body bytes as the client sent them; ownership passes. */
    void received(ByteBuf data, boolean end);

    /** The client's body ended with trailers. */
    void received(HeaderLines trailers);

    /** The request is over, whole or not: nothing is received any more. The end of the response may still be to come. */
    void over();

    /** Header names of the response, beside the usual, that a page in a browser has to read; separated by commas. */
    String exposed();
}
