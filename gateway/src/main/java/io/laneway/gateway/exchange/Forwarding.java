package io.laneway.gateway.exchange;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.upstream.Cluster;
import io.laneway.gateway.upstream.EndpointPool;
import io.laneway.gateway.upstream.LiveEndpoint;
import io.laneway.gateway.upstream.LoopCluster;
import io.laneway.gateway.upstream.Waiting;
import io.laneway.router.policy.Retries;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Phases 6 to 8 of an exchange: an endpoint, a stream to it, the request onto that, and once more if it failed before
 * the answer began. Confined to one event loop; one for each exchange.
 */
final class Forwarding {

    private final Exchange exchange;
    private final RequestBody body = new RequestBody();
    private @Nullable Cluster cluster;
    private @Nullable EndpointPool pool;
    private @Nullable Waiting waiting;
    private @Nullable UpstreamStream stream;
    private @Nullable LiveEndpoint last;
    private boolean callerPaused;
    private int tries;

    Forwarding(Exchange exchange) {
        this.exchange = exchange;
    }

    /** The cluster that the request goes to. */
    @Nullable
    Cluster cluster() {
        return cluster;
    }

    /** @param end whether the request is its head alone */
    void start(Cluster to, boolean end) {
        cluster = to;
        tries = 0;
        last = null;
        callerPaused = false;
        body.start(end, replayable(to.policy().retries()));
        attempt(false);
    }

    private boolean replayable(Retries retries) {
        boolean allowed = retries.methods() == Retries.Methods.ALL
                || exchange.request().method().idempotent();
        return retries.max() > 0 && allowed;
    }

    /** 6 and 7. */
    private void attempt(boolean fresh) {
        Cluster to = cluster;
        LoopCluster part = to == null ? null : to.on(exchange.site.upstreams());
        EndpointPool picked = part == null ? null : part.pick(exchange.request(), last);
        if (picked == null) {
            exchange.fail(Routing.UNAVAILABLE);
            return;
        }
        tries++;
        pool = picked;
        last = picked.endpoint();
        exchange.facts.upstream = last.address();
        boolean tunnel = exchange.request().method() == Method.CONNECT;
        Waiting waiter = tunnel ? picked.tunnel(exchange.answers) : picked.acquire(exchange.answers, fresh);
        if (waiter != null) {
            waiting = waiter;
        }
    }

    /** 8: head, and as much of the body as has come. */
    void opened(UpstreamStream opened) {
        waiting = null;
        stream = opened;
        RequestHead head = exchange.request();
        exchange.facts.sent = exchange.loop().now();
        boolean bare = body.isEmpty();
        opened.head(head, bare);
        if (!bare && stream != null) {
            body.replay(opened);
            pauseCaller(!opened.isWritable());
        }
    }

    void data(ByteBuf data, boolean end) {
        UpstreamStream to = stream;
        body.add(data, end, to != null);
        if (to == null) {
            pauseCaller(true);
            return;
        }
        to.data(data, end);
        if (!end && !to.isWritable()) {
            pauseCaller(true);
        }
    }

    void trailers(HeaderLines trailers) {
        body.trailers(trailers);
        if (stream != null) {
            stream.trailers(trailers);
        }
    }

    /** The endpoint may take more of the body. */
    void writable() {
        if (callerPaused && stream != null && stream.isWritable()) {
            pauseCaller(false);
        }
    }

    private void pauseCaller(boolean pause) {
        if (pause != callerPaused) {
            callerPaused = pause;
            if (pause) {
                exchange.downstream().pause();
            } else {
                exchange.downstream().resume();
            }
        }
    }

    /** Stops or starts to read the answer. */
    void pauseAnswer(boolean pause) {
        if (stream == null) {
            return;
        }
        if (pause) {
            stream.pause();
        } else {
            stream.resume();
        }
    }

    /** Tries again, if the failure, the policy and the body allow it. */
    boolean again(Failure failure) {
        Retries.On condition = failure.retry();
        if (condition == null || cluster == null) {
            return false;
        }
        Retries retries = cluster.policy().retries();
        boolean untouched = condition != Retries.On.RESET_BEFORE_RESPONSE;
        boolean allowed = untouched || replayable(retries);
        if (tries > retries.max() || !retries.on().contains(condition) || !allowed || !body.canReplay()) {
            return false;
        }
        exchange.facts.retries++;
        attempt(true);
        return true;
    }

    /** The answer is whole: the stream has given itself back. */
    void ended() {
        stream = null;
        abandon();
    }

    /** The stream failed and is gone. */
    void lost() {
        stream = null;
        waiting = null;
        release();
    }

    /** Gives up whatever is under way. */
    void abandon() {
        UpstreamStream open = stream;
        stream = null;
        if (open != null) {
            open.cancel();
        }
        if (waiting != null) {
            waiting.cancel();
            waiting = null;
        }
        release();
        body.clear();
        cluster = null;
        last = null;
        if (callerPaused) {
            pauseCaller(false);
        }
    }

    private void release() {
        EndpointPool used = pool;
        pool = null;
        if (used != null) {
            used.release();
        }
    }
}
