package io.laneway.cli.join;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one port that a joiner connects to. Without a host it is that of this machine, by IPv4 or IPv6, whichever the
 * service listens at. Safe for many threads.
 */
final class LocalPort {

    private static final int CONNECT_MS = 2_000;

    private final NetClient client;
    private final List<String> hosts;
    private final int port;

    LocalPort(Vertx vertx, @Nullable String host, int port) {
        this.client = vertx.createNetClient(
                new NetClientOptions().setConnectTimeout(CONNECT_MS).setTcpNoDelay(true));
        this.hosts = host == null ? List.of("127.0.0.1", "::1") : List.of(host);
        this.port = port;
    }

    /** A connection; its reads are paused. */
    Future<NetSocket> connect() {
        return connect(0).map(socket -> {
            socket.pause();
            return socket;
        });
    }

    private Future<NetSocket> connect(int at) {
        Future<NetSocket> connected = client.connect(port, hosts.get(at));
        return at + 1 == hosts.size() ? connected : connected.recover(error -> connect(at + 1));
    }

    /** As people write it. */
    @Override
    public String toString() {
        return (hosts.size() > 1 ? "localhost" : hosts.get(0)) + ":" + port;
    }
}
