package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.netty.buffer.ByteBuf;

/** Takes what is left of a request whose response has been given, and drops it. Stateless. */
public final class DiscardedBody implements RequestSink {

    public static final RequestSink SINK = new DiscardedBody();

    private DiscardedBody() {}

    @Override
    public void data(ByteBuf data, boolean end) {
        data.release();
    }

    @Override
    public void trailers(HeaderLines trailers) {
        // they are dropped
    }

    @Override
    public void aborted(Failure failure) {
        // the exchange is over
    }

    @Override
    public void leave() {
        // there is nothing to end
    }

    @Override
    public void writable() {
        // nothing more is written
    }
}
