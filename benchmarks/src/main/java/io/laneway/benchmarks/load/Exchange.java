package io.laneway.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection of the load and the request on it, if any. Confined to the {@link Pacer}'s thread. */
final class Exchange {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final InetSocketAddress target;
    private final Selector selector;
    private final ByteBuffer request;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private final ResponseReader reader = new ResponseReader();
    private SocketChannel channel;
    private long due;
    private boolean busy;

    /** What reading brought. */
    enum State {
        UNFINISHED,
        GOOD,
        BAD,
        CLOSED
    }

    Exchange(InetSocketAddress target, Selector selector, byte[] request) throws IOException {
        this.target = target;
        this.selector = selector;
        this.request = ByteBuffer.allocateDirect(request.length).put(request);
        this.channel = connect();
    }

    private SocketChannel connect() throws IOException {
        SocketChannel opened = SocketChannel.open(target);
        opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
        opened.configureBlocking(false);
        opened.register(selector, SelectionKey.OP_READ, this);
        return opened;
    }

    void send(long when) {
        due = when;
        busy = true;
        request.flip();
        try {
            // A request of a few hundred bytes fits the socket buffer of a connection that had its response.
            while (request.hasRemaining()) {
                channel.write(request);
            }
        } catch (IOException closed) {
            // The read that follows finds the connection closed and counts this request as unanswered.
            request.position(request.limit());
        }
    }

    State read() {
        buffer.clear();
        try {
            if (channel.read(buffer) < 0) {
                return State.CLOSED;
            }
        } catch (IOException reset) {
            return State.CLOSED;
        }
        if (!reader.read(buffer.flip())) {
            return State.UNFINISHED;
        }
        return reader.status() / 100 == 2 ? State.GOOD : State.BAD;
    }

    void finished() {
        busy = false;
        reader.reset();
    }

    /** Opens the connection again; that it was closed has been counted. */
    void reconnect() {
        try {
            channel.close();
            reader.reset();
            channel = connect();
        } catch (IOException gone) {
            throw new UncheckedIOException("reconnect to " + target, gone);
        }
    }

    boolean busy() {
        return busy;
    }

    long due() {
        return due;
    }
}
