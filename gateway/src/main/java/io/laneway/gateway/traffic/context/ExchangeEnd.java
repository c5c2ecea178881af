package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.stream.Failure;

/** How a phase ends the exchange that it is of. Confined to one event loop. */
public interface ExchangeEnd {

    /** Ends it as failed: with a local reply if no response has begun and the client may still hear it. */
    void fail(Failure failure);

    /** Ends it; what is left to do is to write the end of the response. */
    void finish();
}
