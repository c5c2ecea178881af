package io.laneway.gateway.traffic.passage;

import io.laneway.gateway.protocol.http1.HalfClose;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;

/** Closes a connection that nothing takes: an alert of ours would be no word of the server that the client asks for. */
final class NoPassage extends ChannelInboundHandlerAdapter {

    /** A connection whose TLS has ended here may have nothing to send before the server does. */
    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) != null) {
            HalfClose.reset(ctx.channel());
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
        var unused = ctx.close();
    }
}
