package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.OriginalDestination;
import io.laneway.gateway.protocol.tls.ServerNames;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.server.transparent.ProtocolDetector;
import io.laneway.router.route.CompiledRoute;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a redirected connection: HTTP is read as on any listener, and TLS of applications follows routes with {@code
 * match.tls}. Confined to its event loop.
 *
 * @param inbound whether it is for the application beside the gateway, so that no route leads it away
 */
record RedirectedConnection(DownstreamCodecs codecs, LoopServices services, Channel channel, boolean inbound)
        implements ProtocolDetector.Onward {

    @Override
    public boolean takes() {
        boolean taken = services.passages().takes(channel.remoteAddress());
        if (!taken) {
            services.stats().offence(Offence.SOURCE);
        }
        return taken;
    }

    @Override
    public void http(OriginalDestination original) {
        DownstreamPeer peer = new DownstreamPeer(channel.remoteAddress(), original);
        channel.pipeline().addLast(new PrefaceReader(codecs, services, channel, peer));
        services.connections().announceDrain(channel);
    }

    @Override
    public @Nullable ChannelHandler route(@Nullable String name, int port) {
        if (inbound || name == null || !services.passages().any()) {
            return null;
        }
        CompiledRoute route =
                services.passages().route(ServerNames.withoutDot(name).toLowerCase(Locale.ROOT), port);
        return route == null ? null : services.passages().handler(route, channel);
    }
}
