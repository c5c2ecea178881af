package io.laneway.control.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Relays to a PostgreSQL server, and cuts a connection at its next commit, before or after the server has it. */
public final class CuttingRelay implements AutoCloseable {

    /** Where to cut. */
    public enum Cut {
        BEFORE_THE_SERVER_HAS_IT,
        AFTER_THE_SERVER_HAS_IT
    }

    private final ServerSocket server;
    private final int target;
    private final AtomicReference<Cut> next = new AtomicReference<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

    public CuttingRelay(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The next commit of any connection is cut. */
    public void cutNext(Cut cut) {
        next.set(cut);
    }

    /** Whether the cut was made. */
    public boolean cut() {
        return next.get() == null;
    }

    /** Cuts every connection, as a restart does. */
    public void cutAll() {
        sockets.forEach(CuttingRelay::close);
    }

    private void accept() {
        while (true) {
            try {
                Socket client = server.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(client);
                sockets.add(upstream);
                start(() -> pump(client, upstream, true));
                start(() -> pump(upstream, client, false));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void pump(Socket from, Socket to, boolean commits) {
        byte[] bytes = new byte[64 << 10];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(bytes); n >= 0; n = in.read(bytes)) {
                boolean commit = commits && new String(bytes, 0, n, StandardCharsets.ISO_8859_1).contains("COMMIT");
                Cut cut = commit ? next.getAndSet(null) : null;
                if (cut == Cut.BEFORE_THE_SERVER_HAS_IT) {
                    return;
                }
                out.write(bytes, 0, n);
                if (cut == Cut.AFTER_THE_SERVER_HAS_IT) {
                    from.close();
                    to.shutdownOutput();
                    return;
                }
            }
        } catch (IOException e) {
            // Cut from the other side.
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "cutting-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        cutAll();
    }
}
