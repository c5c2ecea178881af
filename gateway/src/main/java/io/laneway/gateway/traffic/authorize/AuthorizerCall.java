package io.laneway.gateway.traffic.authorize;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.eventloop.TimerEntry;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.gateway.upstream.pool.PendingStream;
import io.laneway.gateway.upstream.pool.UpstreamEnvironment;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One check on its way to an authorizer: up to a deadline, with a bounded response. Sent once more, on a new connection, if
 * one that had been used before was closed on it: its peer may have closed that before the check came. Confined to one event
 * loop.
 */
final class AuthorizerCall extends TimerEntry implements ResponseSink {

    /** Bytes of a response's body. */
    private static final int MOST = 256 * 1024;

    private final UpstreamEnvironment upstreams;
    private final Cluster cluster;
    private final Authorizer authorizer;
    private final CheckCall check;
    private final Consumer<AuthDecision> whenOver;
    private final HeaderLines lines = new HeaderLines();
    private final ByteBuf body = Unpooled.buffer(256);
    private @Nullable EndpointPool pool;
    private @Nullable PendingStream waiting;
    private @Nullable UpstreamStream stream;
    private int status;
    private boolean again;
    private boolean over;

    /** @param whenOver is called once, with what was said or that nothing was */
    AuthorizerCall(
            UpstreamEnvironment upstreams,
            Cluster cluster,
            Authorizer authorizer,
            CheckCall check,
            Consumer<AuthDecision> whenOver) {
        this.upstreams = upstreams;
        this.cluster = cluster;
        this.authorizer = authorizer;
        this.check = check;
        this.whenOver = whenOver;
    }

    /** @param within nanoseconds that it has */
    void begin(long within) {
        upstreams.loop().deadline(this, within);
        attempt(false);
    }

    private void attempt(boolean fresh) {
        EndpointPool picked = cluster.on(upstreams).pick(check.head(), List.of(), 0, null);
        if (picked == null) {
            end(AuthDecision.none("it has no address"));
            return;
        }
        pool = picked;
        PendingStream waiter = picked.acquire(this, fresh);
        if (waiter != null && !over) {
            waiting = waiter;
        }
    }

    @Override
    public void opened(UpstreamStream opened) {
        waiting = null;
        stream = opened;
        boolean bare = check.body().length == 0;
        opened.head(check.head(), bare);
        if (!bare && !over && opened.equals(stream)) {
            opened.data(Unpooled.wrappedBuffer(check.body()), true);
        }
    }

    @Override
    public void informational(ResponseHead interim) {
        // says nothing of a request
    }

    @Override
    public void head(ResponseHead response, boolean end) {
        status = response.status();
        copy(response.lines());
        if (end) {
            responded();
        }
    }

    private void copy(HeaderLines from) {
        for (int line = 0; line < from.count(); line++) {
            if (!from.isRemoved(line)) {
                int start = lines.end();
                lines.append(from.array(), from.nameOffset(line), from.nameLength(line));
                lines.text(": ");
                lines.append(from.array(), from.valueOffset(line), from.valueLength(line));
                lines.finish(start, from.nameLength(line));
            }
        }
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        boolean fits = body.readableBytes() + data.readableBytes() <= MOST;
        if (fits) {
            body.writeBytes(data);
        }
        data.release();
        if (!fits) {
            end(AuthDecision.none("its response is too large"));
        } else if (end) {
            responded();
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        copy(trailers);
        responded();
    }

    private void responded() {
        stream = null;
        EndpointPool used = pool;
        if (used != null) {
            used.responded(status);
        }
        byte[] bytes = new byte[body.readableBytes()];
        body.getBytes(body.readerIndex(), bytes);
        AuthDecision decision;
        try {
            decision = authorizer.understand(status, lines, bytes);
        } catch (IllegalArgumentException e) {
            decision = AuthDecision.none("its response says nothing: " + e.getMessage());
        }
        end(decision);
    }

    @Override
    public void failed(Failure failure) {
        UpstreamStream lost = stream;
        stream = null;
        boolean stale = failure.equals(Failure.REFUSED) || (lost != null && lost.reused());
        if (stale && status == 0 && !again && !over) {
            again = true;
            release();
            attempt(true);
            return;
        }
        end(AuthDecision.none(failure.detail()));
    }

    @Override
    public void writable() {
        // a check is written at once
    }

    @Override
    protected void expired() {
        end(AuthDecision.none("it did not respond in time"));
    }

    private void end(AuthDecision decision) {
        if (over) {
            return;
        }
        over = true;
        upstreams.loop().wheel().forget(this);
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
        UpstreamStream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
        release();
        whenOver.accept(decision);
    }

    private void release() {
        EndpointPool used = pool;
        pool = null;
        if (used != null) {
            used.release();
        }
    }
}
