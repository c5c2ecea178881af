package io.laneway.gateway.traffic.mirror;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.LoopCounter;
import io.laneway.gateway.traffic.context.ExchangeTrace.CopyTrace;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.PendingStream;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * One copy of a request on its way into a mirror. It never holds the original up: what its endpoint does not take at once
 * is held up to a bound, and beyond that the copy is dropped. Bounded by the policy's time for a request, which each piece of
 * a body renews as long as the original continues. Not tried again. Confined to one event loop.
 */
public final class MirrorRequest extends TimerEntry implements ResponseSink, RequestCopy {

    /** Bytes of body held while there is no stream yet, or given to one that takes no more for now. */
    static final int MAX_HELD = 64 * 1024;

    private final Loop loop;
    private final Runnable whenOver;
    private final EndpointPool pool;
    private final DeploymentStats stats;
    private final RequestHead head;
    private final boolean bare;
    private final @Nullable CircuitBreaker breaker;
    private final @Nullable CopyTrace trace;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private @Nullable PendingStream waiting;
    private @Nullable UpstreamStream stream;
    private long time;
    private int pressing;
    private int status;
    private boolean ended;
    private boolean alone;
    private boolean over;

    MirrorRequest(
            Loop loop,
            Runnable whenOver,
            EndpointPool pool,
            RequestHead head,
            boolean bare,
            @Nullable CircuitBreaker breaker,
            @Nullable CopyTrace trace) {
        this.loop = loop;
        this.whenOver = whenOver;
        this.pool = pool;
        this.stats = pool.cluster().stats();
        this.head = head;
        this.bare = bare;
        this.ended = bare;
        this.breaker = breaker;
        this.trace = trace;
    }

    void begin(Duration within) {
        time = within.toNanos();
        loop.deadline(this, time);
        if (trace != null) {
            trace.begin(pool);
        }
        PendingStream waiter = pool.acquire(this, false);
        if (waiter != null) {
            waiting = waiter;
        }
    }

    /** Whether nothing more becomes of it. */
    boolean over() {
        return over;
    }

    @Override
    public void body(ByteBuf data, boolean end) {
        UpstreamStream to = stream;
        pressing = to != null && to.isWritable() ? 0 : pressing + data.readableBytes();
        boolean fits = pressing <= MAX_HELD;
        if (over || !fits) {
            data.release();
            end(stats.mirrorsDropped);
            return;
        }
        ended = end;
        loop.deadline(this, time);
        if (to == null) {
            held.add(data);
        } else {
            to.data(data, end);
        }
    }

    @Override
    public void originalOver() {
        alone = true;
        if (!ended) {
            end(stats.mirrorsDropped);
        }
    }

    @Override
    public void opened(UpstreamStream opened) {
        waiting = null;
        stream = opened;
        boolean nothing = held.isEmpty();
        pressing = 0;
        if (trace != null) {
            trace.sending(opened);
        }
        opened.head(head, bare);
        while (!held.isEmpty() && !over) {
            ByteBuf piece = held.remove();
            opened.data(piece, ended && held.isEmpty());
        }
        if (ended && !bare && nothing && !over) {
            opened.data(Unpooled.EMPTY_BUFFER, true);
        }
    }

    @Override
    public void informational(ResponseHead interim) {
        // nothing waits for it
    }

    @Override
    public void head(ResponseHead response, boolean end) {
        status = response.status();
        if (end) {
            responded();
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        data.release();
        if (!alone) {
            loop.deadline(this, time);
        }
        if (end) {
            responded();
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        responded();
    }

    private void responded() {
        if (ended) {
            stream = null;
        }
        pool.responded(status);
        end(stats.mirrorsResponded);
    }

    @Override
    public void failed(Failure failure) {
        stream = null;
        end(stats.mirrorsFailed);
    }

    @Override
    public void writable() {
        pressing = 0;
    }

    @Override
    protected void expired() {
        end(stats.mirrorsFailed);
    }

    private void end(LoopCounter outcome) {
        if (over) {
            return;
        }
        over = true;
        outcome.increment();
        if (trace != null) {
            trace.ended(status, outcome == stats.mirrorsResponded);
        }
        loop.wheel().forget(this);
        if (waiting != null) {
            waiting.cancel();
        }
        UpstreamStream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
        held.forEach(ByteBuf::release);
        held.clear();
        if (breaker != null) {
            breaker.leave();
        }
        pool.release();
        whenOver.run();
    }
}
