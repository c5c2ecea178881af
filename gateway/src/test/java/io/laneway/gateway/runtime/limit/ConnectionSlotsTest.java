package io.laneway.gateway.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ConnectionSlotsTest {

    private final ConnectionSlots slots = new ConnectionSlots();

    /** Notes what it is told. */
    private static final class Noting implements ConnectionSlots.Holder {
        private final AtomicInteger asked = new AtomicInteger();
        private final Semaphore free = new Semaphore(0);

        @Override
        public void giveUpIdle() {
            asked.incrementAndGet();
        }

        @Override
        public void slotFree() {
            free.release();
        }
    }

    @Test
    void tellsWhoeverWaitsInTheOrderOfAsking() {
        Noting one = new Noting();
        Noting two = new Noting();
        Noting three = new Noting();
        assertThat(slots.take(1, one)).isTrue();
        assertThat(slots.take(1, two)).isFalse();
        assertThat(slots.take(1, three)).isFalse();
        assertThat(slots.wanted()).isTrue();
        assertThat(one.asked).hasValue(2);
        slots.leave(one, true);
        assertThat(two.free.availablePermits()).isEqualTo(1);
        assertThat(three.free.availablePermits()).isZero();
        slots.pass();
        assertThat(three.free.availablePermits()).isEqualTo(1);
        assertThat(slots.wanted()).isFalse();
        assertThat(slots.taken()).isZero();
    }

    @Test
    void asksNobodyToGiveUpWhatItDoesNotHaveAnyMore() {
        Noting one = new Noting();
        Noting two = new Noting();
        slots.take(1, one);
        slots.leave(one, true);
        slots.take(1, two);
        assertThat(slots.take(1, two)).isFalse();
        assertThat(one.asked).hasValue(0);
    }

    @Test
    void countsWithoutALimitToo() {
        Noting one = new Noting();
        for (int i = 0; i < 10; i++) {
            assertThat(slots.take(0, one)).isTrue();
        }
        assertThat(slots.takeNow(10, one)).isFalse();
        assertThat(slots.takeNow(11, one)).isTrue();
        assertThat(slots.taken()).isEqualTo(11);
    }

    @Test
    void holdsTheLimitAndLosesNobodyWithManyThreads() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        int threads = 8;
        int turns = 2000;
        CountDownLatch done = new CountDownLatch(threads);
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Noting holder = new Noting();
            Thread thread = new Thread(() -> {
                for (int turn = 0; turn < turns; turn++) {
                    while (!slots.take(3, holder)) {
                        holder.free.acquireUninterruptibly();
                    }
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    inside.decrementAndGet();
                    slots.leave(holder, true);
                }
                done.countDown();
            });
            running.add(thread);
            thread.start();
        }
        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        for (Thread thread : running) {
            thread.join();
        }
        assertThat(most.get()).isBetween(1, 3);
        assertThat(slots.taken()).isZero();
        assertThat(slots.wanted()).isFalse();
    }
}
