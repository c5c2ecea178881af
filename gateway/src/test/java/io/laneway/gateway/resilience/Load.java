package io.laneway.gateway.resilience;

import io.laneway.gateway.testkit.RawClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Steady load on a gateway over kept connections, from a few threads, until it is closed. Bounded in rate. */
final class Load implements AutoCloseable {

    private static final long PAUSE_NANOS = 2_000_000;

    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger failed = new AtomicInteger();
    final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private final int port;
    private final String request;
    private final Predicate<RawClient.Answer> good;
    private volatile boolean over;

    Load(int port, int callers, String request, Predicate<RawClient.Answer> good) {
        this.port = port;
        this.request = request;
        this.good = good;
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(this::run, "load-" + i);
            threads.add(thread);
            thread.start();
        }
    }

    static Load gets(int port, int callers) {
        return new Load(port, callers, "GET / HTTP/1.1\nHost: a.test\n\n", answer -> answer.status() == 200);
    }

    private void run() {
        RawClient client = null;
        while (!over) {
            try {
                client = client == null ? RawClient.to(port) : client;
                client = once(client);
            } catch (UncheckedIOException e) {
                fail(e.toString());
                close(client);
                client = null;
            }
            java.util.concurrent.locks.LockSupport.parkNanos(PAUSE_NANOS);
        }
        close(client);
    }

    private @Nullable RawClient once(RawClient client) {
        sent.incrementAndGet();
        RawClient.Answer answer = client.send(request).answer();
        if (!good.test(answer)) {
            fail(answer.status() + " " + answer.body());
        }
        if ("close".equals(answer.header("connection"))) {
            client.close();
            return null;
        }
        return client;
    }

    private void fail(String why) {
        failed.incrementAndGet();
        if (failures.size() < 5) {
            failures.add(why);
        }
    }

    private static void close(@Nullable RawClient client) {
        if (client != null) {
            client.close();
        }
    }

    /** Waits until so many more requests were sent. */
    void more(int requests) throws InterruptedException {
        int until = sent.get() + requests;
        while (sent.get() < until) {
            Thread.sleep(5);
        }
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
