package io.laneway.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A local port without a listener, which no other process gets while it is held: connections are refused. */
public final class DeadPort implements AutoCloseable {

    private final Socket holder = new Socket();
    private final int number;

    private DeadPort() throws IOException {
        holder.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        number = holder.getLocalPort();
    }

    public static DeadPort hold() {
        try {
            return new DeadPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int number() {
        return number;
    }

    @Override
    public void close() {
        free();
    }

    /** Gives it up, so that a listener may take it. */
    public void free() {
        try {
            holder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
