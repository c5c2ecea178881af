package io.laneway.gateway.traffic.overload;

import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets requests in on one event loop, or sheds them: while memory is short, while the loop itself comes round too late, and
 * above the most requests at a time. Confined to that loop.
 */
public final class LoopLoadShedder extends TimerEntry {

    private static final Logger log = LoggerFactory.getLogger(LoopLoadShedder.class);
    private static final int PERCENT = 100;

    /** One late turn may be the machine's doing, as when a process was stopped; load makes turn after turn late. */
    private static final int TURNS = 2;

    /** So long without a late turn, and it is over. */
    private static final long QUIET = TimeUnit.SECONDS.toNanos(1);

    private final LoadShedder overload;
    private final Loop loop;
    private final long limit;
    private long lastTurn;
    private long lastLate;
    private int late;

    /** What an event loop asks; made once for each. */
    public LoopLoadShedder(LoadShedder overload, Loop loop) {
        this.overload = overload;
        this.loop = loop;
        this.limit = overload.loopLag().toNanos();
    }

    /** Looks at how late the loop is from now on. On the loop. */
    public void start() {
        if (limit > 0) {
            lastTurn = loop.now();
            loop.deadline(this, Loop.TICK);
        }
    }

    @Override
    protected void expired() {
        long now = loop.now();
        turn(now);
        loop.wheel().set(this, now, Loop.TICK);
    }

    /** Deadlines pass up to a tick late by themselves. */
    private void turn(long now) {
        long lag = now - lastTurn - 2 * Loop.TICK;
        lastTurn = now;
        if (lag >= limit) {
            late++;
            lastLate = now;
            if (late == TURNS) {
                log.atWarn()
                        .addKeyValue("loop", loop.index())
                        .addKeyValue("lagMillis", TimeUnit.NANOSECONDS.toMillis(lag))
                        .log("an event loop is late: its requests are shed");
            }
        } else if (late > 0 && now - lastLate > QUIET) {
            if (late >= TURNS) {
                log.atInfo().addKeyValue("loop", loop.index()).log("an event loop is in time again");
            }
            late = 0;
        }
    }

    /** Lets a request in; {@link #leave} is to follow. False if it is to be shed. */
    public boolean enter() {
        if (late >= TURNS) {
            return false;
        }
        int percent = overload.percent();
        if (percent > 0 && loop.random().nextInt(PERCENT) < percent) {
            return false;
        }
        int max = overload.maxRequests();
        return max == 0 || overload.requests().enter(max);
    }

    /** A request that was let in is over. */
    public void leave() {
        if (overload.maxRequests() > 0) {
            overload.requests().leave();
        }
    }
}
