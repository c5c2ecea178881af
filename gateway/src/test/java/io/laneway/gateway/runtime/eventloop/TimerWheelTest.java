package io.laneway.gateway.runtime.eventloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimerWheelTest {

    private static final long TICK = 50;

    private final TimerWheel wheel = new TimerWheel(TICK, 1_000_000);
    private final List<TimerEntry> expired = new ArrayList<>();
    private long now = 1_000_000;

    private final class Probe extends TimerEntry {
        @Override
        protected void expired() {
            expired.add(this);
        }
    }

    private void passTo(long time) {
        for (now = now + TICK; now < 1_000_000 + time; now += TICK) {
            wheel.sweep(now);
        }
        now = 1_000_000 + time;
        wheel.sweep(now);
    }

    @Test
    void whatGoesWrongForOneCostsTheOthersNothing() {
        TimerEntry before = new Probe();
        TimerEntry after = new Probe();
        wheel.set(before, now, 120);
        wheel.set(
                new TimerEntry() {
                    @Override
                    protected void expired() {
                        throw new IllegalStateException("on purpose");
                    }
                },
                now,
                120);
        wheel.set(after, now, 120);
        passTo(200);
        assertThat(expired).containsExactlyInAnyOrder(before, after);
    }

    @Test
    void expiresOnceAndAtMostOneTickLate() {
        TimerEntry probe = new Probe();
        wheel.set(probe, now, 120);
        passTo(119);
        assertThat(expired).isEmpty();
        passTo(200);
        assertThat(expired).containsExactly(probe);
        passTo(100_000);
        assertThat(expired).hasSize(1);
    }

    @Test
    void followsADeadlineThatMovesInEitherDirection() {
        TimerEntry later = new Probe();
        TimerEntry sooner = new Probe();
        wheel.set(later, now, 100);
        wheel.set(later, now, 1_000);
        wheel.set(sooner, now, 1_000);
        wheel.set(sooner, now, 100);
        passTo(200);
        assertThat(expired).containsExactly(sooner);
        passTo(1_100);
        assertThat(expired).containsExactly(sooner, later);
    }

    @Test
    void forgetsWhatWasCleared() {
        TimerEntry probe = new Probe();
        wheel.set(probe, now, 100);
        wheel.clear(probe);
        passTo(10_000);
        wheel.set(probe, now, 100);
        wheel.forget(probe);
        passTo(20_000);
        assertThat(expired).isEmpty();
    }

    @Test
    void keepsDeadlinesBeyondOneTurn() {
        TimerEntry probe = new Probe();
        wheel.set(probe, now, TICK * 512 * 3 + 7);
        passTo(TICK * 512 * 3);
        assertThat(expired).isEmpty();
        passTo(TICK * 512 * 3 + 2 * TICK);
        assertThat(expired).hasSize(1);
    }

    @Test
    void mayBeChangedByThoseThatExpire() {
        TimerEntry other = new Probe();
        TimerEntry first = new TimerEntry() {
            @Override
            protected void expired() {
                wheel.forget(other);
                wheel.set(this, now, TICK * 3);
                expired.add(this);
            }
        };
        wheel.set(other, now, 100);
        wheel.set(first, now, 100);
        passTo(1_000);
        assertThat(expired).contains(first).hasSizeGreaterThan(2);
    }

    @Test
    void neverLosesOneAmongMany() {
        Random random = new Random(3);
        List<Probe> probes = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Probe probe = new Probe();
            probes.add(probe);
            wheel.set(probe, now, 1 + random.nextInt(60_000));
            if (random.nextBoolean()) {
                wheel.set(probes.get(random.nextInt(probes.size())), now, 1 + random.nextInt(60_000));
            }
        }
        passTo(61_000);
        assertThat(expired).containsExactlyInAnyOrderElementsOf(probes);
    }
}
