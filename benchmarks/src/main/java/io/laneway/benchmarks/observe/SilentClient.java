package io.laneway.benchmarks.observe;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** A client's stream of which only the address is looked at. Confined to one thread. */
public final class SilentClient implements Downstream {

    private final DownstreamPeer peer =
            new DownstreamPeer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 40_000), false, null);

    @Override
    public DownstreamPeer peer() {
        return peer;
    }

    @Override
    public void informational(ResponseHead head) {}

    @Override
    public void head(ResponseHead head, boolean end) {}

    @Override
    public void data(ByteBuf data, boolean end) {
        data.release();
    }

    @Override
    public void endOutput() {}

    @Override
    public void trailers(HeaderLines trailers) {}

    @Override
    public void reset(Failure failure) {}

    @Override
    public boolean hearsTrailers() {
        return false;
    }

    @Override
    public long arriving() {
        return 0;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void pause() {}

    @Override
    public void resume() {}

    @Override
    public String state() {
        return "";
    }
}
