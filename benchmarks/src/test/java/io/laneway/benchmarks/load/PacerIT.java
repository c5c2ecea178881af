package io.laneway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacerIT {
    private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int HANG_UP = 0;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger served = new AtomicInteger();
    private ServerSocket server;

    /** The status of the n-th response, counted from 1; {@link #HANG_UP} closes instead. */
    private volatile IntUnaryOperator status = number -> 200;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    @Test
    void asksAtTheRateItIsTold() throws IOException {
        try (Pacer pacer = pacer(4)) {
            pacer.run(200, 1);

            assertThat(pacer.latencies().total()).isEqualTo(200);
            assertThat(served).hasValue(200);
            assertThat(pacer.bad()).isZero();
        }
    }

    @Test
    void countsAnswersThatAreNotSuccesses() throws IOException {
        status = number -> number % 2 == 0 ? 200 : 503;

        try (Pacer pacer = pacer(1)) {
            pacer.run(50, 1);

            assertThat(pacer.bad()).isEqualTo(25);
        }
    }

    @Test
    void chargesAStallToAllThatWaitedForIt() throws IOException {
        status = number -> {
            if (number == 10) {
                LockSupport.parkNanos(STALL_NANOS);
            }
            return 200;
        };

        try (Pacer pacer = pacer(1)) {
            pacer.run(100, 1);

            // One of 100 stalled for 0.4 s; the 40 that were due meanwhile waited for it, half of them longer than 0.2
            // s.
            assertThat(pacer.latencies().total()).isEqualTo(100);
            assertThat(pacer.latencies().quantile(0.85)).isGreaterThan(STALL_NANOS / 3);
        }
    }

    @Test
    void goesOnWhenAConnectionIsClosedUnderIt() throws IOException {
        status = number -> number % 10 == 0 ? HANG_UP : 200;

        try (Pacer pacer = pacer(2)) {
            pacer.run(100, 1);

            assertThat(pacer.latencies().total()).isEqualTo(100);
            assertThat(pacer.bad()).isEqualTo(10);
        }
    }

    private Pacer pacer(int connections) throws IOException {
        return new Pacer((InetSocketAddress) server.getLocalSocketAddress(), connections, REQUEST);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException closed) {
            assertThat(server.isClosed()).isTrue();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty() && !answer(socket)) {
                    return;
                }
            }
        } catch (IOException closed) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private boolean answer(Socket socket) throws IOException {
        int wanted = status.applyAsInt(served.incrementAndGet());
        if (wanted == HANG_UP) {
            return false;
        }
        String response = "HTTP/1.1 " + wanted + " x\r\ncontent-length: 2\r\n\r\nok";
        socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        return true;
    }
}
