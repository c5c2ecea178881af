package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoopTest {

    private final AtomicLong clock = new AtomicLong(100);
    private final EventLoop eventLoop = new DefaultEventLoop();
    private final Loop loop = new Loop(0, eventLoop, clock::get, new SplittableRandom(1));

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully();
    }

    @Test
    void readsTheClockOnceBetweenTwoFlushes() {
        assertThat(loop.now()).isEqualTo(100);
        clock.set(200);
        assertThat(loop.now()).isEqualTo(100);
        loop.flushes().flush();
        assertThat(loop.now()).isEqualTo(200);
    }

    @Test
    void readsTheClockAgainAfterAFlushThatAskedForTheTime() {
        loop.flushes().mark(new Flushes.Mark() {
            @Override
            protected void flush() {
                assertThat(loop.now()).isEqualTo(100);
            }
        });
        loop.flushes().flush();
        clock.set(300);
        assertThat(loop.now()).isEqualTo(300);
    }
}
