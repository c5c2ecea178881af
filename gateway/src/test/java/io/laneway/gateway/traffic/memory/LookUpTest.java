package io.laneway.gateway.traffic.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.runtime.config.MemoryConfig;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What looking a request without a lane up takes: nothing of the heap. */
class LookUpTest {

    private static final int IDS = 50_000;
    private static final int ROUNDS = 200_000;

    private final LaneMemory memory = new LaneMemory(MemoryConfig.DEFAULT, true, new SplittableRandom(1));
    private final LoopMemory outbound = new LoopMemory(memory, true, false);
    private final Slice lane = new Slice();

    private static RequestHead head(int id) {
        RequestHead head = new RequestHead();
        head.clear(0);
        head.start("GET", "/api/orders/17", "order.example.com");
        head.lines().add(HeaderName.of("user-agent"), "some client 1.0");
        head.lines().add(HeaderName.of("accept"), "application/json");
        head.lines().add(HeaderName.of("traceparent"), String.format("00-%032x-00f067aa0ba902b7-01", id + 1));
        head.lines().add(HeaderName.of("x-request-id"), "0b6b6a1e-6a4e-4a6b-9d9c-" + String.format("%012x", id));
        return head;
    }

    private int look(RequestHead[] heads, int rounds) {
        int found = 0;
        for (int i = 0; i < rounds; i++) {
            outbound.begin(false, 1);
            if (outbound.recall(heads[i % heads.length], lane)) {
                found++;
            }
        }
        return found;
    }

    @Test
    void allocatesNothing() {
        TraceIds ids = new TraceIds(memory.hash());
        for (int i = 0; i < IDS / 2; i++) {
            ids.read(head(i).lines(), true);
            memory.remember(ids, Slice.of("f-" + i % 9), 0, 0, 0);
        }
        RequestHead[] heads = new RequestHead[512];
        for (int i = 0; i < heads.length; i++) {
            heads[i] = head(i * 40);
        }
        assertThat(look(heads, ROUNDS)).isEqualTo(ROUNDS);

        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        int found = look(heads, ROUNDS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;

        assertThat(found).isEqualTo(ROUNDS);
        assertThat(allocated).as("bytes of %d look-ups", ROUNDS).isLessThan(ROUNDS / 10);
    }
}
