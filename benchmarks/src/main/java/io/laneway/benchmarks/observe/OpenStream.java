package io.laneway.benchmarks.observe;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.netty.buffer.ByteBuf;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** A stream to an endpoint that takes everything. Confined to one thread. */
final class OpenStream implements UpstreamStream {

    private final SocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1000);

    @Override
    public void head(RequestHead head, boolean end) {}

    @Override
    public void data(ByteBuf data, boolean end) {
        data.release();
    }

    @Override
    public boolean takesMore() {
        return false;
    }

    @Override
    public void trailers(HeaderLines trailers) {}

    @Override
    public void cancel() {}

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

    @Override
    public boolean reused() {
        return true;
    }

    @Override
    public @Nullable SocketAddress peer() {
        return peer;
    }

    @Override
    public boolean multiplexed() {
        return false;
    }
}
