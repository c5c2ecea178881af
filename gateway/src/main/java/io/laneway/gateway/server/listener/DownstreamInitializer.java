package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.server.transparent.ProtocolDetector;
import io.laneway.gateway.server.transparent.TransparentLoop;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets up the connections that clients open on one listener, each on the loop that accepted it. Safe for many threads.
 */
@Sharable
final class DownstreamInitializer extends ChannelInitializer<Channel> {

    private final Map<Object, LoopServices> byLoop;
    private final DownstreamCodecs codecs;
    private final ConnectionLimit openings;
    private final @Nullable ServerTls tls;
    private final boolean proxied;

    /**
     * @param byLoop  by event loop
     * @param tls     null for a listener in the clear
     * @param proxied whether every connection begins with a PROXY header
     */
    DownstreamInitializer(
            Map<?, LoopServices> byLoop,
            DownstreamCodecs codecs,
            ConnectionLimit openings,
            @Nullable ServerTls tls,
            boolean proxied) {
        this.byLoop = Map.copyOf(byLoop);
        this.codecs = codecs;
        this.openings = openings;
        this.tls = tls;
        this.proxied = proxied;
    }

    @Override
    protected void initChannel(Channel channel) {
        LoopServices services = byLoop.get(channel.eventLoop());
        if (services == null || openings.full()) {
            var unused = channel.close();
            return;
        }
        openings.open().incrementAndGet();
        services.stats().accepted.increment();
        services.stats().open.increment();
        var unused = channel.closeFuture().addListener(closed -> {
            openings.open().decrementAndGet();
            services.stats().open.decrement();
        });
        TransparentLoop transparent = services.transparent();
        if (transparent != null) {
            redirected(channel, services, transparent);
        } else if (proxied) {
            channel.pipeline().addLast(new ProxyReader(services.loop(), codecs.headTime(), channel, remote -> {
                protocol(channel, services, remote);
                services.connections().announceDrain(channel);
            }));
        } else {
            protocol(channel, services, channel.remoteAddress());
        }
        services.connections().add(channel);
        services.loop().flushes().flush();
    }

    /** A connection that was going elsewhere: HTTP is read, the rest is passed on. */
    private void redirected(Channel channel, LoopServices services, TransparentLoop transparent) {
        InetSocketAddress destination = transparent.destination(channel);
        if (destination == null) {
            var unused = channel.close();
            return;
        }
        channel.pipeline()
                .addLast(new ProtocolDetector(
                        transparent,
                        channel,
                        destination,
                        codecs.drainTime(),
                        new RedirectedConnection(codecs, services, channel, transparent.inbound())));
    }

    /** The client's address is known; what it speaks is found out next. */
    private void protocol(Channel channel, LoopServices services, SocketAddress remote) {
        if (tls == null) {
            DownstreamPeer peer = new DownstreamPeer(remote, false, null, channel.localAddress());
            channel.pipeline().addLast(new PrefaceReader(codecs, services, channel, peer));
        } else {
            channel.pipeline().addLast(new TlsDetector(tls, codecs, services, channel, remote));
        }
    }
}
