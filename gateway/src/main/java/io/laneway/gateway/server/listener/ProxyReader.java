package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.eventloop.HeldBytes;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import java.util.function.Consumer;

/**
 * Reads the PROXY protocol header with which every connection to a listener that asks for it begins, passes on the
 * client's address, and leaves the pipeline. A connection that begins otherwise, or too slowly, is closed without a
 * word, as its sender is no proxy of ours. Confined to its event loop.
 */
final class ProxyReader extends ChannelInboundHandlerAdapter {

    private final Loop loop;
    private final Channel channel;
    private final Consumer<SocketAddress> peer;
    private final TimerEntry deadline;
    private final HeldBytes held = new HeldBytes();

    /**
     * @param time in nanoseconds for the header to come
     * @param peer gets the client's address, and adds to the pipeline what reads on
     */
    ProxyReader(Loop loop, long time, Channel channel, Consumer<SocketAddress> peer) {
        this.loop = loop;
        this.channel = channel;
        this.peer = peer;
        this.deadline = new TimerEntry() {
            @Override
            protected void expired() {
                var unused = channel.close();
            }
        };
        loop.deadline(deadline, time);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = held.joined((ByteBuf) msg, ctx.alloc());
        ProxyHeader header = ProxyHeader.read(in);
        if (header.malformed()) {
            in.release();
            var unused = channel.close();
        } else if (!header.whole()) {
            held.hold(in, ctx.alloc());
        } else {
            in.skipBytes(header.length());
            SocketAddress source = header.source();
            peer.accept(source == null ? channel.remoteAddress() : source);
            channel.pipeline().remove(this);
            channel.pipeline().fireChannelRead(in);
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        loop.wheel().forget(deadline);
        held.free();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
