package io.laneway.gateway.resilience;

import io.laneway.gateway.testkit.Upstream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A gateway that is replaced by new processes on the same address, several times, under load of three kinds: kept
 * HTTP/1.1 connections, HTTP/2, and a new connection for each request. A program of its own, so that it can run in a
 * network of its own.
 */
final class Replacement {

    private static final String CLOSING = "GET / HTTP/1.1\nHost: a.test\nConnection: close\n\n";

    private Replacement() {}

    /** Prints its figures; the number of requests that failed. */
    static int run(Path dir, String transport, int times) throws Exception {
        String more = "transport: " + transport + "\ndrain: {handover: handover.sock}\ntimeouts: {drain: 5s}";
        try (Upstream upstream = Upstream.responding(request -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(3));
            return "HTTP/1.1 200 OK\nContent-Length: 2\n\nok";
        })) {
            GatewayChild running = GatewayChild.start(GatewayChild.config(dir, "127.0.0.1:0", more, upstream.port()));
            int port = running.port();
            // With the kernel moving connections, sockets are not handed over, so the port has to be named.
            Path config = GatewayChild.config(
                    dir, "127.0.0.1:" + (transport.equals("epoll") ? 0 : port), more, upstream.port());
            Load kept = Load.gets(port, 4);
            Load fresh = new Load(port, 4, CLOSING, response -> response.status() == 200);
            Load http2 = new Load(2, () -> new Line.Http2(port));
            try (kept;
                    fresh;
                    http2) {
                for (int i = 0; i < times; i++) {
                    fresh.more(200);
                    GatewayChild next = GatewayChild.start(config);
                    boolean ended = running.endsWithin(20);
                    running.close();
                    running = next;
                    if (!ended || next.port() != port) {
                        throw new IllegalStateException("not replaced: ended " + ended + ", port " + next.port());
                    }
                }
                fresh.more(200);
            } finally {
                running.close();
            }
            System.out.println("replaced " + times + " times, " + transport + ": " + figures("kept", kept)
                    + figures("; new each time", fresh) + figures("; HTTP/2", http2));
            return kept.failed.get() + fresh.failed.get() + http2.failed.get();
        }
    }

    private static String figures(String name, Load load) {
        return name + " sent " + load.sent + ", failed " + load.failed + " " + load.failures;
    }

    public static void main(String[] args) throws Exception {
        System.exit(run(Path.of(args[0]), args[1], Integer.parseInt(args[2])) == 0 ? 0 : 1);
    }
}
