package io.laneway.gateway.traffic.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.laneway.gateway.runtime.config.OverloadConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.netty.channel.DefaultEventLoop;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadShedderTest {

    private final AtomicLong clock = new AtomicLong(100);
    private final EventLoop eventLoop = new DefaultEventLoop();
    private final Loop loop = new Loop(0, eventLoop, clock::get, new SplittableRandom(1));
    private double used;

    @AfterEach
    void stop() {
        eventLoop.shutdownGracefully();
    }

    private LoadShedder with(int maxRequests, double memory, Duration lag) {
        return new LoadShedder(new OverloadConfig(maxRequests, memory, lag), () -> used);
    }

    private static int entered(LoopLoadShedder shedder, int of) {
        int entered = 0;
        for (int i = 0; i < of; i++) {
            entered += shedder.enter() ? 1 : 0;
        }
        return entered;
    }

    @Test
    void shedsMoreTheShorterMemoryIsAndNeverAll() {
        LoadShedder overload = with(0, 0.9, Duration.ZERO);
        LoopLoadShedder shedder = new LoopLoadShedder(overload, loop);
        int last = 1000;
        for (double now : new double[] {0.5, 0.9, 0.95, 1}) {
            used = now;
            overload.look();
            int entered = entered(shedder, 1000);
            assertThat(entered).as("with %s in use", now).isLessThanOrEqualTo(last);
            last = entered;
        }
        assertThat(last).isBetween(50, 150);
        assertThat(overload.memory()).isEqualTo(1);
    }

    @Test
    void letsAllInAgainOnlyALittleBelowTheThreshold() {
        LoadShedder overload = with(0, 0.9, Duration.ZERO);
        used = 0.91;
        overload.look();
        assertThat(overload.percent()).isPositive();
        used = 0.89;
        overload.look();
        assertThat(overload.percent()).isEqualTo(LoadShedder.LEAST);
        used = 0.86;
        overload.look();
        assertThat(overload.percent()).isZero();
        used = 0.89;
        overload.look();
        assertThat(overload.percent()).isZero();
    }

    @Test
    void countsRequestsOverAllLoops() {
        LoadShedder overload = with(10, 1, Duration.ZERO);
        LoopLoadShedder one = new LoopLoadShedder(overload, loop);
        LoopLoadShedder two = new LoopLoadShedder(overload, loop);
        assertThat(entered(one, 6) + entered(two, 6)).isEqualTo(10);
        one.leave();
        assertThat(entered(two, 6)).isEqualTo(1);
    }

    private void turn(long millis) {
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
        loop.flushes().flush();
        loop.wheel().sweep(loop.now());
    }

    @Test
    void shedsWhileTurnAfterTurnIsLateAndNotForASinglePause() {
        LoopLoadShedder shedder = new LoopLoadShedder(with(0, 1, Duration.ofSeconds(2)), loop);
        shedder.start();
        turn(60);
        turn(3000);
        assertThat(shedder.enter()).as("after one pause").isTrue();
        for (int i = 0; i < 30; i++) {
            turn(60);
        }
        turn(3000);
        assertThat(shedder.enter()).as("after another pause much later").isTrue();
        turn(3000);
        assertThat(shedder.enter()).as("after the second late turn").isFalse();
        for (int i = 0; i < 30; i++) {
            turn(60);
        }
        assertThat(shedder.enter()).as("after a second in time").isTrue();
    }

    @Test
    void looksAtNoLagWhereItIsOff() {
        LoopLoadShedder shedder = new LoopLoadShedder(with(0, 1, Duration.ZERO), loop);
        shedder.start();
        turn(5000);
        turn(5000);
        turn(5000);
        assertThat(shedder.enter()).isTrue();
    }

    @Test
    void seesSomeShareOfTheMemoryOfThisProcess() {
        assertThat(new MemoryPressure().getAsDouble()).isBetween(0.0, 1.0);
    }
}
