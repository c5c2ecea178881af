package io.laneway.gateway.telemetry.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.record.ResponseFlag;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What waits between an event loop and the reader. */
class SpanRingTest {

    private static FinishedSpans one(long number) {
        TracedRequest request = new TracedRequest(
                "GET",
                "/",
                "/",
                false,
                "",
                "",
                "",
                new InetSocketAddress(0),
                "HTTP/1.1",
                null,
                false,
                "s",
                "",
                "",
                null,
                0);
        return new FinishedExchange(
                new TraceIds(1, 2, number, 0, false, ""), request, 0, 0, 200, -1, ResponseFlag.NONE, true, List.of());
    }

    @Test
    void isFullAtItsCapacityAndWakesTheReaderAtHalf() {
        AtomicInteger woken = new AtomicInteger();
        SpanRing ring = new SpanRing(4, woken::incrementAndGet);
        assertThat(ring.offer(one(0))).isTrue();
        assertThat(woken).hasValue(0);
        for (int i = 1; i < 4; i++) {
            assertThat(ring.offer(one(i))).isTrue();
        }
        assertThat(woken).hasValue(1);
        assertThat(ring.offer(one(4))).isFalse();
        ring.poll();
        assertThat(ring.offer(one(5))).isTrue();
    }

    @Test
    void handsOverInOrderBetweenTwoThreads() throws InterruptedException {
        int count = 20_000;
        SpanRing ring = new SpanRing(64, () -> {});
        List<Long> read = new ArrayList<>();
        Thread reader = new Thread(() -> {
            while (read.size() < count) {
                FinishedSpans next = ring.poll();
                if (next instanceof FinishedExchange exchange) {
                    read.add(exchange.ids().span());
                } else {
                    LockSupport.parkNanos(1000);
                }
            }
        });
        reader.start();
        for (long i = 0; i < count; i++) {
            FinishedSpans next = one(i);
            while (!ring.offer(next)) {
                LockSupport.parkNanos(1000);
            }
        }
        reader.join();
        assertThat(read).isSorted().hasSize(count).doesNotHaveDuplicates();
    }
}
