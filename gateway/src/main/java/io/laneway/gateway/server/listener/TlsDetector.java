package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.route.CompiledRoute;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Finds out by its first byte whether a connection to a TLS listener speaks TLS. One that speaks HTTP in the clear is answered
 * 400 and closed, so that its user learns what is wrong. Confined to its event loop.
 */
final class TlsDetector extends ChannelInboundHandlerAdapter {

    private final ServerTls tls;
    private final DownstreamCodecs codecs;
    private final LoopServices services;
    private final Channel channel;
    private final SocketAddress remote;
    private final TimerEntry deadline;

    TlsDetector(ServerTls tls, DownstreamCodecs codecs, LoopServices services, Channel channel, SocketAddress remote) {
        this.tls = tls;
        this.codecs = codecs;
        this.services = services;
        this.channel = channel;
        this.remote = remote;
        this.deadline = new TimerEntry() {
            @Override
            protected void expired() {
                var unused = channel.close();
            }
        };
        services.loop().deadline(deadline, codecs.headTime());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ByteBuf in = (ByteBuf) msg;
        if (!in.isReadable()) {
            in.release();
            return;
        }
        if (isLetter(in.getByte(in.readerIndex()))) {
            codecs.refusing(channel, this, services, new DownstreamPeer(remote, false, null, channel.localAddress()));
        } else {
            if (services.passages().any()) {
                channel.pipeline()
                        .addLast(new ServerNameReader(
                                services, channel, remote, codecs.headTime(), this::endTls, this::openTls));
            } else {
                endTls(null);
            }
            channel.pipeline().remove(this);
        }
        channel.pipeline().fireChannelRead(in);
    }

    private void endTls(@Nullable ClientAuthorities clients) {
        channel.pipeline().addLast(tls.handler(clients), new AlpnReader(codecs, services, channel, remote, clients));
    }

    private void openTls(CompiledRoute route) {
        channel.pipeline().addLast(tls.contentHandler(), new ContentReader(services, channel, route));
    }

    /** Methods of HTTP start with one, records of TLS do not. */
    private static boolean isLetter(byte first) {
        int lower = first | 0x20;
        return lower >= 'a' && lower <= 'z';
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Drain.EVENT) {
            services.loop().deadline(deadline, codecs.drainTime());
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        services.loop().wheel().forget(deadline);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
