package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.http2.HeadPool;
import io.laneway.gateway.protocol.http2.Http2ServerConnection;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.tls.ServerTls;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.ListenerStats;
import io.laneway.gateway.traffic.exchange.Exchanges;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.net.SocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sets up the connections that callers open on one listener, each on the loop that accepted it. Safe for many threads. */
@Sharable
final class DownstreamInitializer extends ChannelInitializer<Channel> {

    private final Map<Object, Place> places;
    private final DownstreamCodecs codecs;
    private final ConnectionLimit openings;
    private final @Nullable ServerTls tls;
    private final boolean proxied;

    /** What one loop has for this listener. */
    record Place(Loop loop, Exchanges exchanges, OpenConnections connections, ListenerStats stats, HeadPool heads) {

        Http2ServerConnection.Place streams() {
            return new Http2ServerConnection.Place(loop, exchanges, heads, stats);
        }
    }

    /**
     * @param places  by event loop
     * @param tls     null for a listener in the clear
     * @param proxied whether every connection begins with a PROXY header
     */
    DownstreamInitializer(
            Map<?, Place> places,
            DownstreamCodecs codecs,
            ConnectionLimit openings,
            @Nullable ServerTls tls,
            boolean proxied) {
        this.places = Map.copyOf(places);
        this.codecs = codecs;
        this.openings = openings;
        this.tls = tls;
        this.proxied = proxied;
    }

    @Override
    protected void initChannel(Channel channel) {
        Place place = places.get(channel.eventLoop());
        if (place == null || openings.full()) {
            var unused = channel.close();
            return;
        }
        openings.open().incrementAndGet();
        place.stats().accepted.increment();
        place.stats().open.increment();
        var unused = channel.closeFuture().addListener(closed -> {
            openings.open().decrementAndGet();
            place.stats().open.decrement();
        });
        if (proxied) {
            channel.pipeline().addLast(new ProxyReader(place.loop(), codecs.headTime(), channel, remote -> {
                protocol(channel, place, remote);
                place.connections().tell(channel);
            }));
        } else {
            protocol(channel, place, channel.remoteAddress());
        }
        place.connections().add(channel);
        place.loop().flushes().flush();
    }

    /** Where the caller stands is known; what it speaks is found out next. */
    private void protocol(Channel channel, Place place, SocketAddress remote) {
        if (tls == null) {
            DownstreamPeer caller = new DownstreamPeer(remote, false, null);
            channel.pipeline().addLast(new PrefaceReader(codecs, place, channel, caller));
        } else {
            channel.pipeline().addLast(new TlsDetector(tls, codecs, place, channel, remote));
        }
    }
}
