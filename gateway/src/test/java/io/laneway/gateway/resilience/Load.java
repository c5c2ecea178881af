package io.laneway.gateway.resilience;

import static org.awaitility.Awaitility.await;

import io.laneway.gateway.testkit.RawClient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Steady load on a gateway over kept connections, from a few threads, until it is closed. Bounded in rate. */
final class Load implements AutoCloseable {

    static final String GET = "GET / HTTP/1.1\nHost: a.test\n\n";
    private static final long PAUSE_NANOS = 2_000_000;

    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();

    /** Of those that failed, how many heard nothing for the time that a client waits. */
    final AtomicInteger silent = new AtomicInteger();

    final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Supplier<? extends Line> lines;
    private volatile boolean over;

    /** @param lines connects again, whenever a client has no connection */
    Load(int clients, Supplier<? extends Line> lines) {
        this.lines = lines;
        for (int i = 0; i < clients; i++) {
            Thread thread = new Thread(this::run, "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    Load(int port, int clients, String request, Predicate<RawClient.Response> good) {
        this(clients, () -> new Line.Http1(port, request, good));
    }

    static Load gets(int port, int clients) {
        return new Load(port, clients, GET, response -> response.status() == 200);
    }

    private void run() {
        Line line = null;
        while (!over) {
            try {
                line = line == null ? lines.get() : line;
                line = once(line);
            } catch (UncheckedIOException | IllegalStateException e) {
                fail(e.toString());
                close(line);
                line = null;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        close(line);
    }

    private @Nullable Line once(Line line) {
        sent.incrementAndGet();
        String wrong = line.ask();
        if (wrong != null) {
            fail(wrong);
        }
        if (line.over()) {
            line.close();
            return null;
        }
        return line;
    }

    private void fail(String why) {
        failed.incrementAndGet();
        if (why.contains("timed out")) {
            silent.incrementAndGet();
        }
        if (failures.size() < 5) {
            failures.add(why);
        }
    }

    private static void close(@Nullable Line line) {
        if (line != null) {
            line.close();
        }
    }

    /** Waits until so many more requests were sent. */
    void more(int requests) {
        int until = sent.get() + requests;
        await().forever().pollInterval(Duration.ofMillis(5)).until(() -> sent.get() >= until);
    }

    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join(20_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
