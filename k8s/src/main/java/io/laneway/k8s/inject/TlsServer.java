package io.laneway.k8s.inject;

import io.laneway.router.background.DaemonThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small HTTPS server for an API server's calls, that half-sent requests cannot hold up: a request has a fixed time from
 * its first byte, the TLS handshake included, an idle connection a longer one, and where there are too many connections
 * the one that has waited longest for its request is closed. Safe for many threads.
 */
final class TlsServer implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TlsServer.class);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int MAX_CONNECTIONS = 128;
    private static final int STACK = 256 * 1024;

    private final ServerSocket listener;
    private final HttpConnection.Handler handler;
    private final BodyBudget budget = new BodyBudget();
    private final Set<HttpConnection> connections = new LinkedHashSet<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> daemon(task, "laneway-k8s-inject"));
    private final ScheduledExecutorService clock =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "laneway-k8s-inject-clock"));
    private volatile SSLContext tls;

    /** Binds; accepts nothing before {@link #start()}. */
    TlsServer(InetSocketAddress address, SSLContext tls, HttpConnection.Handler handler) throws IOException {
        this.tls = tls;
        this.handler = handler;
        this.listener = new ServerSocket();
        listener.setReuseAddress(true);
        listener.bind(address, MAX_CONNECTIONS);
    }

    private static Thread daemon(Runnable task, String name) {
        return new DaemonThreadFactory(name, STACK).newThread(task);
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    void start() {
        clock.scheduleWithFixedDelay(this::expire, LOOK.toMillis(), LOOK.toMillis(), TimeUnit.MILLISECONDS);
        daemon(this::accept, "laneway-k8s-inject-accept").start();
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Connections that come from now on get another certificate. */
    void use(SSLContext changed) {
        tls = changed;
    }

    /** Does something again and again, on the server's own clock; it must be short. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void every(Duration pause, Runnable task) {
        clock.scheduleWithFixedDelay(task, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                HttpConnection connection = new HttpConnection(socket, tls, budget);
                add(connection);
                threads.execute(() -> serve(connection));
            } catch (IOException e) {
                // One that was gone before it was accepted, or the end of this server.
                log.atDebug().setCause(e).log("connection not accepted");
            }
        }
    }

    private void add(HttpConnection connection) {
        HttpConnection evicted = null;
        synchronized (connections) {
            if (connections.size() >= MAX_CONNECTIONS) {
                evicted = connections.stream()
                        .filter(HttpConnection::waits)
                        .findFirst()
                        .orElse(null);
            }
            connections.add(connection);
        }
        if (evicted != null) {
            evicted.close();
        }
    }

    private void serve(HttpConnection connection) {
        try (connection) {
            connection.serve(handler);
        } catch (IOException e) {
            log.atDebug().setCause(e).log("connection ended");
        } finally {
            synchronized (connections) {
                connections.remove(connection);
            }
        }
    }

    private void expire() {
        long now = System.nanoTime();
        synchronized (connections) {
            connections.stream().filter(one -> one.expired(now)).forEach(HttpConnection::close);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            log.atDebug().setCause(e).log("listener not closed");
        }
        synchronized (connections) {
            connections.forEach(HttpConnection::close);
        }
        threads.shutdownNow();
        clock.shutdownNow();
    }
}
