package io.laneway.gateway.traffic.mirror;

import io.netty.buffer.ByteBuf;

/** What of a request's body goes to its copies. Confined to one event loop. */
public interface RequestCopy {

    /** Bytes of the request's body; ownership passes. */
    void body(ByteBuf data, boolean end);

    /** The original is over; without its whole body a copy is none. */
    void originalOver();
}
