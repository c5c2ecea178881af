package io.laneway.gateway.upstream.health;

import io.laneway.gateway.protocol.tls.HandshakeFailures;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** Asks no more than a connection, with TLS if that is on its channel. Confined to the health checker's thread. */
final class TcpProbe extends ChannelInboundHandlerAdapter {

    private final ProbeResult result;
    private final boolean secure;

    /** @param secure whether the endpoint is spoken to over TLS */
    TcpProbe(ProbeResult result, boolean secure) {
        this.result = result;
        this.secure = secure;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        if (!secure) {
            result.is(true);
        }
    }

    /** Which protocol is agreed on (RFC 7301) does not matter: the endpoint can be reached. */
    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            result.is(done.isSuccess() || HandshakeFailures.isProtocol(done.cause()));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        result.is(false);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        result.is(false);
    }
}
