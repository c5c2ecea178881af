package io.laneway.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server of bytes: each connection is given to a script, and closed behind it. */
public final class SocketServer implements AutoCloseable {

    /** What is done with a connection. */
    public interface Script {
        void run(Socket socket) throws IOException;
    }

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final Script script;

    private SocketServer(ServerSocket server, Script script) {
        this.server = server;
        this.script = script;
        threads.execute(this::accept);
    }

    /** At a free port of the loopback, without TLS. */
    public static SocketServer plain(Script script) {
        try {
            return of(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** At a socket that listens. */
    public static SocketServer of(ServerSocket server, Script script) {
        return new SocketServer(server, script);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> run(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void run(Socket socket) {
        try (socket) {
            script.run(socket);
        } catch (IOException e) {
            // the client has gone
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            threads.shutdownNow();
        }
    }
}
