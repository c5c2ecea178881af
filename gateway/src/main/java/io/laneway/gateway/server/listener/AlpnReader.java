package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.runtime.eventloop.QuickAck;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.router.model.route.ClientAuthorities;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Awaits the end of a TLS handshake, which selects the protocol (RFC 7301) and may identify the client. Confined to its
 * event loop.
 */
final class AlpnReader extends ChannelInboundHandlerAdapter {

    private final DownstreamCodecs codecs;
    private final LoopServices services;
    private final Channel channel;
    private final SocketAddress remote;
    private final @Nullable ClientAuthorities clients;

    /** @param clients what a route of connections asks of the client's certificate, null for what the listener asks */
    AlpnReader(
            DownstreamCodecs codecs,
            LoopServices services,
            Channel channel,
            SocketAddress remote,
            @Nullable ClientAuthorities clients) {
        this.clients = clients;
        this.codecs = codecs;
        this.services = services;
        this.channel = channel;
        this.remote = remote;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            SslHandler tls = channel.pipeline().get(SslHandler.class);
            if (handshake.isSuccess() && tls != null) {
                secured(tls);
            } else {
                services.stats().offence(Offence.TLS);
                var unused = ctx.close();
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void secured(SslHandler tls) {
        DownstreamPeer peer = DownstreamPeer.secured(
                remote,
                ServerTls.identity(channel, tls.engine()),
                channel.localAddress(),
                ServerTls.serverName(channel),
                clients);
        if (ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol())) {
            var unused = codecs.http2().replace(channel, this, services, peer);
        } else {
            // BoringSSL sends its tickets with the first response, so that nothing acknowledges the last message of the
            // client's handshake; with HTTP/2 the settings do.
            QuickAck.now(channel);
            codecs.http1(channel, this, services, peer);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        var unused = ctx.close();
    }
}
