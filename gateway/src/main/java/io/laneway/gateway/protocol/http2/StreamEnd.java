package io.laneway.gateway.protocol.http2;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Exception;

/** A stream's end in this process. Confined to one event loop. */
interface StreamEnd {

    /** Body bytes, lent; returns how many bytes of window may be given back now. */
    int data(ByteBuf data, int padding, boolean end) throws Http2Exception;

    /** The peer reset the stream. */
    void reset(long errorCode) throws Http2Exception;

    /** The stream is closed, whatever closed it. */
    void closed();

    /** More may be written. */
    void writable();
}
