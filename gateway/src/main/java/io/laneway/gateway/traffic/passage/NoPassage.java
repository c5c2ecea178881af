package io.laneway.gateway.traffic.passage;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Closes a connection that nothing takes: an alert of ours would be no word of the server that the client asks for. */
final class NoPassage extends ChannelInboundHandlerAdapter {

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object msg) {
        ReferenceCountUtil.release(msg);
        var unused = ctx.close();
    }
}
