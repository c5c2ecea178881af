package io.laneway.cli.day;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Requests of many tenants for both services through both gateways, which may be away. */
@SuppressWarnings("try") // what closes may be interrupted
final class DayTraffic implements AutoCloseable {

    private static final int TENANTS = 2_000;

    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder answered = new LongAdder();
    private volatile boolean ended;

    /** @param ports a port of each service at each gateway */
    DayTraffic(List<Integer> ports) {
        for (int port : ports) {
            Thread thread = new Thread(() -> drive(port), "day-traffic-" + port);
            threads.add(thread);
            thread.start();
        }
    }

    long answered() {
        return answered.sum();
    }

    private void drive(int port) {
        while (!ended) {
            try {
                get(port, "t-" + ThreadLocalRandom.current().nextInt(TENANTS));
                TimeUnit.MILLISECONDS.sleep(10);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void get(int port, String tenant) {
        try {
            HttpURLConnection call = (HttpURLConnection)
                    URI.create("http://127.0.0.1:" + port + "/").toURL().openConnection();
            call.setRequestProperty("x-tenant-id", tenant);
            call.setConnectTimeout(1_000);
            call.setReadTimeout(20_000);
            call.getResponseCode();
            try (var body = call.getErrorStream() == null ? call.getInputStream() : call.getErrorStream()) {
                body.readAllBytes();
            }
            answered.increment();
        } catch (IOException e) {
            // Its gateway is away.
        }
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        for (Thread thread : threads) {
            thread.interrupt();
            thread.join();
        }
    }
}
