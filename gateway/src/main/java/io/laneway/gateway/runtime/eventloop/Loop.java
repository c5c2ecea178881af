package io.laneway.gateway.runtime.eventloop;

import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One event loop with what belongs to it alone: clock, chance, deadlines, channels to flush. Confined to that event
 * loop, save for what says otherwise.
 */
public final class Loop {

    /** How late a deadline may pass, in nanoseconds. */
    public static final long TICK = TimeUnit.MILLISECONDS.toNanos(50);

    private final int index;
    private final EventLoop eventLoop;
    private final LongSupplier clock;
    private final SplittableRandom random;
    private final Flushes flushes = new Flushes();
    private final TimerWheel wheel;
    private final Map<Class<?>, Object> parts = new HashMap<>();
    private long now;
    private long turnOfNow = -1;

    /**
     * @param index the number of this loop, from 0
     * @param clock nanoseconds, as {@link System#nanoTime}
     */
    public Loop(int index, EventLoop eventLoop, LongSupplier clock, SplittableRandom random) {
        this.index = index;
        this.eventLoop = eventLoop;
        this.clock = clock;
        this.random = random;
        this.wheel = new TimerWheel(TICK, clock.getAsLong());
    }

    /** Starts to sweep the wheel. Any thread. */
    public void start() {
        var unused = eventLoop.scheduleAtFixedRate(this::tick, TICK, TICK, TimeUnit.NANOSECONDS);
    }

    private void tick() {
        turnOfNow = -1;
        wheel.sweep(now());
        flushes.flush();
    }

    /** The number of this loop, from 0. Any thread. */
    public int index() {
        return index;
    }

    /** Any thread. */
    public EventLoop eventLoop() {
        return eventLoop;
    }

    /**
     * The clock's reading in nanoseconds; only differences mean something. Read once for all that is handled up to the
     * next {@linkplain Flushes#flush flush}: a request asks several times, and microseconds do not matter to it.
     */
    public long now() {
        long turn = flushes.turn();
        if (turn != turnOfNow) {
            turnOfNow = turn;
            now = clock.getAsLong();
        }
        return now;
    }

    /** The clock's reading at this very moment, where what is handled may itself take long. */
    public long reading() {
        return clock.getAsLong();
    }

    public SplittableRandom random() {
        return random;
    }

    /** What this loop has one of, by its type; made when it is first asked for. Not to be asked for each request. */
    public <T> T part(Class<T> type, Supplier<T> made) {
        return type.cast(parts.computeIfAbsent(type, key -> made.get()));
    }

    public Flushes flushes() {
        return flushes;
    }

    public TimerWheel wheel() {
        return wheel;
    }

    /** Sets a deadline from now on; 0 or less clears it. */
    public void deadline(TimerEntry timed, long nanos) {
        if (nanos > 0) {
            wheel.set(timed, now(), nanos);
        } else {
            wheel.clear(timed);
        }
    }
}
