package io.laneway.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Relays bytes to a port on loopback, until it is cut: then what runs is reset and what comes is closed at once. Safe for
 * many threads.
 */
public final class Relay implements AutoCloseable {

    /** What becomes of bytes that a client sent. */
    public enum Verdict {
        PASS,
        /** The connection ends, and the server has not seen them. */
        CUT_BEFORE,
        /** The server gets them, and the client never hears of it. */
        CUT_AFTER
    }

    /** Looks at what clients send. Called by many threads. */
    @FunctionalInterface
    public interface Watch {
        Verdict sees(byte[] bytes, int length);
    }

    private static final int BUFFER = 64 * 1024;

    private final ServerSocket listener;
    private final int target;
    private final Watch watch;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    private Relay(int target, Watch watch) {
        this.target = target;
        this.watch = watch;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Relays to a port of loopback. */
    public static Relay to(int target) {
        return to(target, (bytes, length) -> Verdict.PASS);
    }

    /** Relays to a port of loopback as long as the watch lets pass what clients send. */
    public static Relay to(int target, Watch watch) {
        Relay relay = new Relay(target, watch);
        run(relay::accept);
        return relay;
    }

    /** The port to connect to. */
    public int port() {
        return listener.getLocalPort();
    }

    /** Cuts every connection and lets none through until mended. */
    public void cut() {
        cut = true;
        cutNow();
    }

    /** Cuts every connection, as a restart does. */
    public void cutNow() {
        sockets.forEach(Relay::shut);
        sockets.clear();
    }

    /** Lets connections through again. */
    public void mend() {
        cut = false;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket in = listener.accept();
                if (cut) {
                    in.close();
                } else {
                    connect(in);
                }
            } catch (IOException e) {
                // closed, or a client that was gone already: the next one counts
            }
        }
    }

    private void connect(Socket in) throws IOException {
        sockets.add(in);
        Socket out = new Socket(InetAddress.getLoopbackAddress(), target);
        sockets.add(out);
        run(() -> relay(in, out, watch));
        run(() -> relay(out, in, (bytes, length) -> Verdict.PASS));
    }

    private static void relay(Socket from, Socket to, Watch watch) {
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                Verdict verdict = watch.sees(buffer, n);
                if (verdict == Verdict.CUT_BEFORE) {
                    return;
                }
                out.write(buffer, 0, n);
                if (verdict == Verdict.CUT_AFTER) {
                    from.close();
                    to.shutdownOutput();
                    return;
                }
            }
        } catch (IOException e) {
            shut(to);
        }
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        cut();
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
