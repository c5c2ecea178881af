package io.laneway.gateway.listener;

import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.stream.Drain;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The callers' connections that are open on one event loop. Confined to that loop, save for what says otherwise. */
final class OpenConnections {

    private final Loop loop;
    private final Set<Channel> channels = new HashSet<>();
    private final CompletableFuture<Void> empty = new CompletableFuture<>();
    private boolean draining;

    OpenConnections(Loop loop) {
        this.loop = loop;
    }

    void add(Channel channel) {
        channels.add(channel);
        var unused = channel.closeFuture().addListener(closed -> remove(channel));
        if (draining) {
            channel.pipeline().fireUserEventTriggered(Drain.EVENT);
        }
    }

    private void remove(Channel channel) {
        channels.remove(channel);
        completeIfDrained();
    }

    private void completeIfDrained() {
        if (draining && channels.isEmpty()) {
            empty.complete(null);
        }
    }

    /** Tells every connection to drain; completes when none is left. Any thread. */
    CompletableFuture<Void> drain() {
        loop.eventLoop().execute(() -> {
            draining = true;
            for (Channel channel : new ArrayList<>(channels)) {
                channel.pipeline().fireUserEventTriggered(Drain.EVENT);
            }
            loop.flushes().flush();
            completeIfDrained();
        });
        return empty;
    }

    /**
     * Tells what is left that it is about to be closed, which what speaks WebSocket tells on. Completes when none is left.
     * Any thread.
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
