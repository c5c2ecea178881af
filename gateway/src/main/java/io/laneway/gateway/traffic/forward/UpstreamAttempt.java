package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.protocol.stream.Violation;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.PendingStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Phases 6 and 7 of an exchange: one endpoint, and a stream to it from this loop's pool. Bounded by the policy's time for
 * one attempt, in which a body that is on its way does not count. Confined to one event loop; used again for attempt after
 * attempt.
 */
public final class UpstreamAttempt extends TimerEntry {

    private final ExchangeContext context;
    private final ForwardListener listener;
    private @Nullable EndpointPool pool;
    private @Nullable PendingStream waiting;
    private @Nullable UpstreamStream stream;
    private boolean retry;
    private long within;

    public UpstreamAttempt(ExchangeContext context, ForwardListener listener) {
        this.context = context;
        this.listener = listener;
    }

    /**
     * Asks for a stream, which may come, or fail to, before this returns.
     *
     * @param fresh  not on a connection that was used before
     * @param again  whether another attempt came before
     * @param bound the time that it has, null for no bound
     */
    public void begin(EndpointPool picked, boolean fresh, boolean again, @Nullable Duration bound) {
        pool = picked;
        retry = again;
        if (again) {
            picked.cluster().retryBegins();
        }
        context.facts().upstream = picked.endpoint().address();
        within = bound == null ? 0 : bound.toNanos();
        if (within > 0) {
            context.loop().deadline(this, within);
        }
        boolean tunnel = context.request().method() == Method.CONNECT;
        PendingStream waiter =
                tunnel ? picked.tunnel(listener.responses()) : picked.acquire(listener.responses(), fresh);
        if (waiter != null) {
            waiting = waiter;
        }
    }

    /** The stream that was asked for is open. */
    public void opened(UpstreamStream opened) {
        waiting = null;
        stream = opened;
    }

    @Nullable
    public UpstreamStream stream() {
        return stream;
    }

    /** Where it went, null if it went nowhere or is over. */
    @Nullable
    public EndpointPool pool() {
        return pool;
    }

    /** Whether the stream's connection carried a request before. */
    public boolean onUsedConnection() {
        return stream != null && stream.reused();
    }

    /** The request is whole: its endpoint has as long from here. */
    public void asked() {
        if (within > 0 && pool != null) {
            context.loop().deadline(this, within);
        }
    }

    /** The head of the response is there: the time for one attempt ends. */
    public void responded() {
        within = 0;
        context.loop().wheel().clear(this);
    }

    /** The stream is gone by itself. */
    public void gone() {
        stream = null;
    }

    /** The endpoint closed a new connection without a response. */
    public void closedWithoutResponse() {
        if (pool != null) {
            pool.closedWithoutResponse();
        }
    }

    /** The endpoint did not answer in time. */
    public void blame() {
        if (pool != null && stream != null) {
            pool.erred();
        }
    }

    /** The endpoint's response breaks a rule of HTTP. */
    public void violated(Failure failure) {
        Violation violation = failure.violation();
        if (pool != null && violation != null) {
            pool.violated(violation, failure.detail());
        }
    }

    /** Stops or starts to read the response. */
    public void pauseResponse(boolean pause) {
        if (stream == null) {
            return;
        }
        if (pause) {
            stream.pause();
        } else {
            stream.resume();
        }
    }

    /** What it does, for people. */
    public String state() {
        UpstreamStream open = stream;
        if (open != null) {
            return open.state();
        }
        return waiting == null ? "no attempt" : "waits for a connection";
    }

    /** Gives up what it has. */
    public void end() {
        UpstreamStream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
        EndpointPool used = pool;
        pool = null;
        if (used == null) {
            return;
        }
        context.loop().wheel().clear(this);
        if (retry) {
            retry = false;
            used.cluster().retryOver();
        }
        used.release();
    }

    @Override
    protected void expired() {
        listener.attemptExpired(stream != null);
    }
}
