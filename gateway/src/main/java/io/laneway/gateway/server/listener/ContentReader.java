package io.laneway.gateway.server.listener;

import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.router.route.CompiledRoute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * Awaits the end of a TLS handshake behind which a connection's content is passed on as its route says. The endpoint is
 * connected to after it, so that clients without a handshake cost none. Confined to its event loop.
 */
final class ContentReader extends ChannelInboundHandlerAdapter {

    private final LoopServices services;
    private final Channel channel;
    private final CompiledRoute route;

    ContentReader(LoopServices services, Channel channel, CompiledRoute route) {
        this.services = services;
        this.channel = channel;
        this.route = route;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                services.stats().passed.increment();
                channel.pipeline().replace(this, null, services.passages().handler(route, channel));
            } else {
                services.stats().offence(Offence.TLS);
                var unused = ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
