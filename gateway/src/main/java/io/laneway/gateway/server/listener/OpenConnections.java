package io.laneway.gateway.server.listener;

import io.laneway.gateway.protocol.stream.Drain;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The clients' connections that are open on one event loop. Confined to that loop, save for what says otherwise. */
final class OpenConnections {

    private final Loop loop;
    private final Set<Channel> channels = new HashSet<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean draining;
    private boolean last;

    OpenConnections(Loop loop) {
        this.loop = loop;
    }

    void add(Channel channel) {
        channels.add(channel);
        var unused = channel.closeFuture().addListener(closed -> remove(channel));
        announceDrain(channel);
    }

    /** Sends the drain event to a connection with new handlers, if the gateway drains. */
    void announceDrain(Channel channel) {
        if (draining) {
            channel.pipeline().fireUserEventTriggered(Drain.EVENT);
        }
    }

    private void remove(Channel channel) {
        channels.remove(channel);
        completeIfEmpty();
    }

    private void completeIfEmpty() {
        if (last && channels.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Sends the drain event to every connection, and to those that come. Any thread. */
    void drain() {
        loop.eventLoop().execute(() -> {
            draining = true;
            new ArrayList<>(channels).forEach(this::announceDrain);
            loop.flushes().flush();
        });
    }

    /** Completes when none is left; to be called once no more are accepted. Any thread. */
    CompletableFuture<Void> empty() {
        loop.eventLoop().execute(() -> {
            last = true;
            completeIfEmpty();
        });
        return empty;
    }

    /**
     * Warns open connections that they are about to be closed; those that speak WebSocket send a close frame. Completes
     * when none is left. Any thread.
     */
    CompletableFuture<Void> leave() {
        loop.eventLoop().execute(() -> {
            for (Channel channel : new ArrayList<>(channels)) {
                channel.pipeline().fireUserEventTriggered(Drain.LAST);
            }
            loop.flushes().flush();
        });
        return empty;
    }

    /** Closes what is left. Any thread. */
    void closeAll() {
        loop.eventLoop().execute(() -> new ArrayList<>(channels).forEach(Channel::close));
    }
}
