package io.laneway.gateway.upstream.pool;

import io.netty.channel.Channel;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses from which the gateway's own connections to upstreams are open, so that one of them that is redirected back
 * to the gateway is recognised. Safe for many threads.
 */
public final class OwnAddresses {

    private final Set<SocketAddress> addresses = ConcurrentHashMap.newKeySet();

    /** A connection is open; it counts until it is closed. */
    public void add(Channel channel) {
        SocketAddress local = channel.localAddress();
        if (local != null && addresses.add(local)) {
            var unused = channel.closeFuture().addListener(closed -> addresses.remove(local));
        }
    }

    /** Whether one of them is open from that address. */
    public boolean contains(SocketAddress address) {
        return addresses.contains(address);
    }
}
