package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.tls.ServerNames;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.traffic.passage.Passages;
import io.laneway.router.model.route.ClientAuthorities;
import io.laneway.router.route.CompiledRoute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the server name that a TLS connection asks for (RFC 6066 section 3), where the table has routes for connections: one
 * that has a route is passed on as it is, every other one goes the usual way. Its ClientHello is held meanwhile, whole.
 * Confined to its event loop.
 */
final class ServerNameReader extends AbstractSniHandler<Boolean> {

    private final LoopServices services;
    private final Channel channel;
    private final SocketAddress remote;
    private final Consumer<@Nullable ClientAuthorities> usual;
    private final Consumer<CompiledRoute> opening;

    /**
     * @param usual   adds what ends TLS here, of clients with the certificates that it is given, null for any
     * @param opening adds what ends TLS here and passes on what it carries
     */
    ServerNameReader(
            LoopServices services,
            Channel channel,
            SocketAddress remote,
            long withinNanos,
            Consumer<@Nullable ClientAuthorities> usual,
            Consumer<CompiledRoute> opening) {
        super(Math.max(1, withinNanos / 1_000_000));
        this.services = services;
        this.channel = channel;
        this.remote = remote;
        this.usual = usual;
        this.opening = opening;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
        return ctx.executor().newSucceededFuture(Boolean.TRUE);
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext ctx, @Nullable String hostname, Future<Boolean> done) {
        String name = hostname == null ? null : ServerNames.withoutDot(hostname);
        int port = channel.localAddress() instanceof InetSocketAddress local ? local.getPort() : 0;
        CompiledRoute route = services.passages().route(name, port);
        if (route == null || Passages.ends(route)) {
            usual.accept(route == null ? null : route.route().action().clients());
        } else if (!services.passages().takes(remote)) {
            services.stats().offence(Offence.SOURCE);
            var unused = ctx.close();
            return;
        } else if (Passages.opens(route)) {
            opening.accept(route);
        } else {
            services.stats().passed.increment();
            channel.pipeline().addLast(services.passages().handler(route, channel));
        }
        channel.pipeline().remove(this);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        services.stats().offence(Offence.TLS);
        var unused = ctx.close();
    }
}
