package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Follows one exchange that a recording wants: its phases say what passes. Confined to one event loop. */
public interface ExchangeRecording {

    /** Writes on the request's settled head what was decided, for the next hop. */
    void stamp(HeaderLines lines);

    /** Bytes of the request's body; ownership stays with the exchange. */
    void requestData(ByteBuf data, boolean end);

    /** The request ended with trailers. */
    void requestTrailers(HeaderLines trailers);

    /** The head of the response, as the client gets it. */
    void responseHead(ResponseHead head, boolean end);

    /** Bytes of the response's body; ownership stays with the exchange. */
    void responseData(ByteBuf data, boolean end);

    /** The response ended with trailers. */
    void responseTrailers(HeaderLines trailers);

    /**
     * It has become a WebSocket or a tunnel: what passes from now on are its frames, or bytes that are not recorded.
     *
     * @param webSocket the head of the response, as the client gets it; null for a tunnel
     */
    void upgraded(@Nullable ResponseHead webSocket);

    /** The exchange is over. */
    void finished();
}
