package io.laneway.gateway.upstream.pool;

import io.laneway.gateway.protocol.tls.ServerNames;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.upstream.join.JoinHandshake;
import io.laneway.gateway.upstream.join.JoinRoute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslContext;

/** A connection to the control API becomes one to a machine that joined. Confined to one event loop. */
final class JoinConnect {

    private JoinConnect() {}

    /** What completes once the machine is reached, for the channel that was begun to the control API. */
    static ChannelFuture through(JoinRoute join, UpstreamTransport transport, Loop loop, ChannelFuture connecting) {
        Channel channel = connecting.channel();
        if (connecting.isDone() && !channel.isRegistered()) {
            return connecting;
        }
        ChannelPromise reached = channel.newPromise();
        var unused = connecting.addListener(done -> {
            if (!done.isSuccess()) {
                reached.tryFailure(done.cause());
            } else if (join.secure()) {
                secure(join, transport, loop, channel, reached);
            } else {
                channel.pipeline().addLast(new JoinHandshake(join, reached));
            }
        });
        return reached;
    }

    private static void secure(
            JoinRoute join, UpstreamTransport transport, Loop loop, Channel channel, ChannelPromise reached) {
        var unused = transport
                .tls()
                .context(join.tls(), false, transport.names().threads())
                .whenCompleteAsync(
                        (context, failure) -> {
                            if (failure == null) {
                                shakeHands(join, context, channel, reached);
                            } else {
                                reached.tryFailure(failure);
                                var unusedClose = channel.close();
                            }
                        },
                        loop.eventLoop());
    }

    private static void shakeHands(JoinRoute join, SslContext context, Channel channel, ChannelPromise reached) {
        channel.pipeline()
                .addLast(
                        context.newHandler(channel.alloc(), ServerNames.withoutDot(join.host()), join.port()),
                        new JoinHandshake(join, reached));
    }
}
