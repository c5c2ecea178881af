package io.laneway.gateway.protocol.stream;

import io.laneway.gateway.protocol.head.ResponseHead;

/** The part of a conversion that is the same for all: what concerns the client's stream and not what it carries. */
public abstract class ConvertedStream implements Conversion {

    private final String protocol;
    private final Downstream client;

    /** @param protocol what the client speaks, for people */
    protected ConvertedStream(String protocol, Downstream client) {
        this.protocol = protocol;
        this.client = client;
    }

    /** The client's own stream. */
    protected final Downstream client() {
        return client;
    }

    @Override
    public final DownstreamPeer peer() {
        return client.peer();
    }

    @Override
    public final void informational(ResponseHead head) {
        client.informational(head);
    }

    @Override
    public final void endOutput() {
        client.endOutput();
    }

    @Override
    public final void reset(Failure failure) {
        client.reset(failure);
    }

    @Override
    public final boolean hearsTrailers() {
        return true;
    }

    @Override
    public final String state() {
        return protocol + ", " + client.state();
    }

    @Override
    public final long arriving() {
        return client.arriving();
    }

    @Override
    public final boolean isWritable() {
        return client.isWritable();
    }

    @Override
    public final void pause() {
        client.pause();
    }

    @Override
    public final void resume() {
        client.resume();
    }
}
