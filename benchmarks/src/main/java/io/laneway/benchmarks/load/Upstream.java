package io.laneway.benchmarks.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * The server behind the proxies where there is no nginx: 100 bytes to anything, one MiB to {@code /1m}, and to
 * {@code /check} the port, {@code X-Forwarded-For} and {@code Host} that it saw. One thread, all ports.
 *
 * <p>Arguments: the ports to listen on at loopback.
 */
public final class Upstream implements AutoCloseable {
    private static final int BACKLOG = 16_384;

    private final Selector selector = Selector.open();
    private final List<Integer> ports = new ArrayList<>();

    Upstream(List<Integer> wanted) throws IOException {
        for (int port : wanted) {
            ServerSocketChannel server = ServerSocketChannel.open();
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            ports.add(server.socket().getLocalPort());
        }
    }

    public static void main(String[] arguments) throws IOException {
        List<Integer> wanted = new ArrayList<>();
        for (String port : arguments) {
            wanted.add(Integer.valueOf(port));
        }
        try (Upstream upstream = new Upstream(wanted)) {
            upstream.serve();
        }
    }

    /** The ports listened on, in the order given, with 0 replaced by the one that was free. */
    List<Integer> ports() {
        return List.copyOf(ports);
    }

    /** Serves until closed. */
    void serve() throws IOException {
        while (selector.isOpen()) {
            selector.select(this::turn);
        }
    }

    private void turn(SelectionKey key) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel());
            } else {
                ((UpstreamConnection) key.attachment()).turn(key);
            }
        } catch (IOException closed) {
            // A proxy that goes away in the midst of a request is the end of its connection and no more.
            key.cancel();
            closeQuietly(key);
        }
    }

    private void accept(ServerSocketChannel server) throws IOException {
        SocketChannel channel = server.accept();
        if (channel != null) {
            channel.configureBlocking(false);
            channel.socket().setTcpNoDelay(true);
            channel.register(selector, SelectionKey.OP_READ, new UpstreamConnection(channel));
        }
    }

    private static void closeQuietly(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException alreadyGone) {
            key.attach(null);
        }
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
