package io.laneway.gateway.listener;

import io.laneway.gateway.exchange.Exchanges;
import io.laneway.gateway.http1.Http1Settings;
import io.laneway.gateway.http1.ServerConnection;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.observe.ListenerStats;
import io.laneway.gateway.stream.Caller;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Sets up the connections that callers open on one listener, each on the loop that accepted it. Safe for many threads. */
@Sharable
final class CallerSetup extends ChannelInitializer<Channel> {

    private final Map<Object, Place> places;
    private final Http1Settings http1;
    private final AtomicInteger open;
    private final int maxOpen;

    /** What one loop has for this listener. */
    record Place(Loop loop, Exchanges exchanges, OpenConnections connections, ListenerStats stats) {}

    /**
     * @param places  by event loop
     * @param open    connections open on all listeners
     * @param maxOpen how many of them there may be, 0 for no limit
     */
    CallerSetup(Map<?, Place> places, Http1Settings http1, AtomicInteger open, int maxOpen) {
        this.places = Map.copyOf(places);
        this.http1 = http1;
        this.open = open;
        this.maxOpen = maxOpen;
    }

    @Override
    protected void initChannel(Channel channel) {
        Place place = places.get(channel.eventLoop());
        if (place == null || (maxOpen > 0 && open.get() >= maxOpen)) {
            var unused = channel.close();
            return;
        }
        open.incrementAndGet();
        place.stats().accepted.increment();
        place.stats().open.increment();
        var unused = channel.closeFuture().addListener(closed -> {
            open.decrementAndGet();
            place.stats().open.decrement();
        });
        place.connections().add(channel);
        Caller caller = new Caller(channel.remoteAddress(), false, null);
        channel.pipeline().addLast(new ServerConnection(place.loop(), http1, place.exchanges(), caller, channel));
        place.loop().flushes().flush();
    }
}
