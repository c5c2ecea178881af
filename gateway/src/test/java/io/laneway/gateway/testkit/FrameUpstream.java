package io.laneway.gateway.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that speaks HTTP/2 in the clear, frame by frame as a script says, one thread for each connection. */
public final class FrameUpstream implements AutoCloseable {

    private static final int TIMEOUT_MS = 20_000;

    private final ServerSocket server;
    private final Script script;
    private final int[] settings;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** What an endpoint does with one connection, until it returns; then the connection is closed. */
    @FunctionalInterface
    public interface Script {
        /** @param number the connection's, from 1 */
        void run(FrameSocket connection, int number) throws IOException;
    }

    private FrameUpstream(Script script, int... settings) throws IOException {
        this.script = script;
        this.settings = settings;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "frame-upstream");
        thread.setDaemon(true);
        thread.start();
    }

    /** An endpoint with these settings: ids and values in turn. */
    public static FrameUpstream scripted(Script script, int... settings) {
        try {
            return new FrameUpstream(script, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers a stream with 200 and a text. */
    public static void response(FrameSocket connection, int stream, String text) {
        connection.headers(stream, false, ":status: 200\n").data(stream, true, text);
    }

    /** Answers every request when it is whole, with the number of the connection. */
    public static void answerAll(FrameSocket connection, int number) {
        for (FrameSocket.Frame frame = connection.read(); frame != null; frame = connection.read()) {
            if (frame.endsStream()) {
                response(connection, frame.stream(), "connection " + number);
            }
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                open.add(socket);
                Thread thread = new Thread(() -> serve(socket, number), "frame-upstream-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try (socket;
                FrameSocket connection = FrameSocket.over(socket)) {
            socket.setSoTimeout(TIMEOUT_MS);
            for (int i = 0; i < FrameSocket.PREFACE.length; i++) {
                connection.next();
            }
            connection.settings(settings);
            script.run(connection, number);
        } catch (IOException | UncheckedIOException e) {
            // the peer went away, which is part of many scripts
        } finally {
            open.remove(socket);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many connections were accepted. */
    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
