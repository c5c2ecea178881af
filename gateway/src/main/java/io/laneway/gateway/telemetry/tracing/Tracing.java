package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.runtime.config.TracingConfig;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.traffic.context.ExchangeTracing;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What is followed on all event loops, and handed over to one reader. Safe for many threads. */
public final class Tracing {

    private static final int LEAST = 256;

    private final TracingConfig config;
    private final SamplingRule rule;
    private final int capacity;
    private final List<LoopTracer> loops = new CopyOnWriteArrayList<>();
    private volatile @Nullable Thread reader;
    private int turn;

    /**
     * For a gateway with that many event loops.
     *
     * @param loops how many event loops there will be
     */
    public Tracing(TracingConfig config, int loops) {
        this.config = config;
        this.rule = new SamplingRule(config.sampler());
        this.capacity = capacity(Math.max(LEAST, config.batch().queue() / loops));
    }

    private static int capacity(int least) {
        return least == 1 ? 1 : Integer.highestOneBit(least - 1) << 1;
    }

    /** Follows the exchanges of an event loop. */
    public ExchangeTracing loop(Loop loop) {
        LoopTracer tracer = new LoopTracer(loop, rule, config.propagators(), new SpanRing(capacity, this::wake));
        loops.add(tracer);
        return exchange -> new TracedExchange(exchange, tracer);
    }

    /** The thread that is woken when much is waiting. */
    public void readBy(Thread thread) {
        reader = thread;
    }

    private void wake() {
        LockSupport.unpark(reader);
    }

    /** Takes one of what waits, of the loops by turns; null if there is nothing. Only the reader's thread. */
    @Nullable
    public FinishedSpans poll() {
        List<LoopTracer> all = loops;
        for (int i = 0; i < all.size(); i++) {
            turn = turn + 1 < all.size() ? turn + 1 : 0;
            FinishedSpans next = all.get(turn).poll();
            if (next != null) {
                return next;
            }
        }
        return null;
    }

    /** Spans that the reader was too slow for. */
    public long dropped() {
        return loops.stream().mapToLong(LoopTracer::dropped).sum();
    }
}
