package io.laneway.gateway.traffic.context;

import io.laneway.gateway.runtime.eventloop.Loop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thing that an exchange waits to do, finer than the wheel's ticks. Confined to one event loop. */
public final class ExchangeTimer {

    private final Loop loop;
    private @Nullable ScheduledFuture<?> waiting;

    public ExchangeTimer(Loop loop) {
        this.loop = loop;
    }

    /** Does it after so many nanoseconds, unless it is cancelled. */
    public void in(long nanos, Runnable step) {
        waiting = loop.eventLoop()
                .schedule(
                        () -> {
                            waiting = null;
                            step.run();
                            loop.flushes().flush();
                        },
                        nanos,
                        TimeUnit.NANOSECONDS);
    }

    public void cancel() {
        if (waiting != null) {
            waiting.cancel(false);
            waiting = null;
        }
    }
}
