package io.laneway.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Sends requests when they are due, over a fixed set of keep-alive connections with one request each at a time; what finds
 * no free connection waits its turn, and its latency grows. Confined to one thread.
 */
final class Pacer implements AutoCloseable {
    private static final long LAST_WAIT_NANOS = 2_000_000_000L;

    private final Selector selector = Selector.open();
    private final ArrayDeque<Exchange> free;
    private final LatencyHistogram latencies = new LatencyHistogram();
    private final Consumer<SelectionKey> onReadable = this::readable;
    private int running;
    private long bad;
    private long unsent;

    Pacer(InetSocketAddress target, int connections, byte[] request) throws IOException {
        free = new ArrayDeque<>(connections + 1);
        for (int i = 0; i < connections; i++) {
            free.add(new Exchange(target, selector, request));
        }
    }

    /** Asks {@code rate} times a second for {@code seconds}, then waits for what is still in flight. */
    void run(double rate, int seconds) throws IOException {
        long wanted = (long) (rate * seconds);
        long start = System.nanoTime();
        double gap = 1e9 / rate;
        long end = start + seconds * 1_000_000_000L + LAST_WAIT_NANOS;
        long next = 0;
        while (next < wanted && System.nanoTime() < end) {
            long now = System.nanoTime();
            while (next < wanted && now >= start + (long) (next * gap) && !free.isEmpty()) {
                send(start + (long) (next++ * gap));
            }
            listen();
        }
        // What was due but got no connection has waited at least until now.
        for (long now = System.nanoTime(); next < wanted; next++) {
            latencies.record(now - (start + (long) (next * gap)));
            unsent++;
        }
        while (running > 0 && System.nanoTime() < end) {
            listen();
        }
    }

    private void send(long due) {
        Exchange exchange = free.remove();
        running++;
        exchange.send(due);
    }

    /** Never sleeps, since a timer is coarser than what is measured; gives the core away whenever nothing is ready. */
    @SuppressWarnings("ThreadPriorityCheck") // giving the core away is all that is wanted of the scheduler
    private void listen() throws IOException {
        if (selector.selectNow(onReadable) == 0) {
            Thread.yield();
        }
    }

    private void readable(SelectionKey key) {
        Exchange exchange = (Exchange) key.attachment();
        Exchange.State state = exchange.read();
        if (state == Exchange.State.UNFINISHED) {
            return;
        }
        if (exchange.busy()) {
            running--;
            latencies.record(System.nanoTime() - exchange.due());
            if (state != Exchange.State.GOOD) {
                bad++;
            }
            exchange.finished();
            free.add(exchange);
        }
        if (state == Exchange.State.CLOSED) {
            exchange.reconnect();
        }
    }

    /** Forgets what was counted so far. */
    void reset() {
        latencies.clear();
        bad = 0;
        unsent = 0;
    }

    LatencyHistogram latencies() {
        return latencies;
    }

    long bad() {
        return bad + running;
    }

    long unsent() {
        return unsent;
    }

    @Override
    public void close() throws IOException {
        for (SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }
}
