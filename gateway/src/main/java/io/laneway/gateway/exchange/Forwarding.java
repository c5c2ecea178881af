package io.laneway.gateway.exchange;

import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.observe.DeploymentStats;
import io.laneway.gateway.observe.ResponseFlag;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.upstream.Cluster;
import io.laneway.gateway.upstream.EndpointPool;
import io.laneway.gateway.upstream.LiveEndpoint;
import io.laneway.gateway.upstream.LoopCluster;
import io.laneway.gateway.upstream.Waiting;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Retries;
import io.netty.buffer.ByteBuf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Phases 6 to 8 of an exchange: an endpoint, a stream to it, the request onto that, and once more if it failed before
 * the answer began. Confined to one event loop; one for each exchange.
 */
final class Forwarding {

    private static final Failure OVER_BUDGET = Failure.upstream(
            Failure.Stage.REQUEST, 503, null, ResponseFlag.URX, "no healthy upstream: too many retries are under way");

    private final Exchange exchange;
    private final RequestBody body = new RequestBody();
    private @Nullable Cluster cluster;
    private @Nullable EndpointPool pool;
    private @Nullable Waiting waiting;
    private @Nullable UpstreamStream stream;
    private @Nullable ScheduledFuture<?> later;
    private final Attempts attempts = new Attempts();
    private final List<LiveEndpoint> tried = new ArrayList<>(0);
    private final TryTime tryTime = new TryTime();
    private boolean callerPaused;
    private boolean retryCounted;

    Forwarding(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Bounds one attempt. */
    private final class TryTime extends Timed {
        @Override
        protected void expired() {
            exchange.tryExpired();
        }
    }

    /** The cluster that the request goes to. */
    @Nullable
    Cluster cluster() {
        return cluster;
    }

    /**
     * @param end   whether the request is its head alone
     * @param fault what is to go wrong first, null for nothing
     */
    void start(Cluster to, boolean end, @Nullable Fault fault) {
        cluster = to;
        callerPaused = false;
        attempts.start(to.policy().retries(), exchange.request());
        body.start(end, attempts.keepsBody());
        if (fault == null) {
            attempt(false);
        } else {
            suffer(fault);
        }
    }

    private void suffer(Fault fault) {
        exchange.facts.flag = ResponseFlag.FI;
        Duration delay = fault.delay();
        if (delay == null) {
            afterDelay(fault);
            return;
        }
        later = exchange.loop()
                .eventLoop()
                .schedule(
                        () -> {
                            later = null;
                            afterDelay(fault);
                            exchange.loop().flushes().flush();
                        },
                        delay.toNanos(),
                        TimeUnit.NANOSECONDS);
    }

    private void afterDelay(Fault fault) {
        if (fault.abort() == 0) {
            attempt(false);
        } else {
            exchange.fail(Failure.gateway(
                    Failure.Stage.ROUTE, fault.abort(), ResponseFlag.FI, "a fault that the lane's policy asks for"));
        }
    }

    /** 6 and 7. */
    private void attempt(boolean fresh) {
        Cluster to = cluster;
        if (to == null) {
            return;
        }
        LoopCluster part = to.on(exchange.site.upstreams());
        EndpointPool picked =
                part.pick(exchange.request(), tried, key(to.policy().balancer()));
        if (picked == null) {
            exchange.fail(Routing.UNAVAILABLE);
            return;
        }
        attempts.began();
        pool = picked;
        if (attempts.retrying()) {
            part.retryBegins();
            retryCounted = true;
        }
        exchange.facts.upstream = picked.endpoint().address();
        Duration perTry = attempts.policy().perTryTimeout();
        if (perTry != null) {
            exchange.loop().deadline(tryTime, perTry.toNanos());
        }
        boolean tunnel = exchange.request().method() == Method.CONNECT;
        Waiting waiter = tunnel ? picked.tunnel(exchange.answers) : picked.acquire(exchange.answers, fresh);
        if (waiter != null) {
            waiting = waiter;
        }
    }

    private long key(Balancer balancer) {
        return balancer.kind() == Balancer.Kind.RING_HASH ? exchange.key(balancer) : 0;
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

    /**
     * Tries again, if the failure, the policy, the budget and the body allow it.
     *
     * @param stale whether the connection was likely closed by its peer before the request came
     */
    boolean again(Retries.@Nullable On condition, boolean stale) {
        Cluster to = cluster;
        if (to == null || !attempts.allows(condition) || !body.canReplay()) {
            return false;
        }
        boolean fresh = condition != Retries.On.STATUS_503;
        return soon(to, stale ? 0 : attempts.wait(exchange.loop().random().nextDouble()), fresh);
    }

    private boolean soon(Cluster to, long nanos, boolean fresh) {
        later = exchange.loop()
                .eventLoop()
                .schedule(() -> retry(to.on(exchange.site.upstreams()), fresh), nanos, TimeUnit.NANOSECONDS);
        return true;
    }

    private void retry(LoopCluster part, boolean fresh) {
        later = null;
        if (part.mayRetry()) {
            exchange.facts.retries++;
            leaveLane(part);
            attempt(fresh);
        } else if (attempts.waitsForBudget()) {
            soon(part.cluster(), attempts.wait(exchange.loop().random().nextDouble()), fresh);
        } else {
            part.stats().retriesOverBudget.increment();
            exchange.fail(OVER_BUDGET);
        }
        exchange.loop().flushes().flush();
    }

    /** With {@code crossLane} a retry goes on along the walk when its lane has nobody else to try. */
    private void leaveLane(LoopCluster part) {
        if (attempts.policy().crossLane() && !part.hasOther(tried)) {
            Cluster next = exchange.nextLane();
            cluster = next == null ? cluster : next;
        }
    }

    /** Whether the request was sent at least twice. */
    boolean retried() {
        return attempts.retrying();
    }

    /** Counts what came of retries. */
    void settled(boolean well) {
        EndpointPool used = pool;
        if (used != null && attempts.retrying()) {
            DeploymentStats stats = used.cluster().stats();
            (well ? stats.retriesSucceeded : stats.retriesFailed).increment();
        }
    }

    /** The head of the answer is there. */
    void answered() {
        exchange.loop().wheel().clear(tryTime);
    }

    /** The answer is whole: the stream has given itself back. */
    void ended(int status) {
        EndpointPool used = pool;
        if (used != null) {
            used.answered(status);
        }
        stream = null;
        abandon();
    }

    /**
     * The attempt failed; what it had is given up.
     *
     * @param erred whether its endpoint is to blame
     */
    void lost(boolean erred) {
        EndpointPool used = pool;
        if (used != null) {
            tried.add(used.endpoint());
            if (erred) {
                used.erred();
            }
        }
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
    }

    /** Whether the stream's connection carried a request before. */
    boolean onUsedConnection() {
        return stream != null && stream.reused();
    }

    /** The stream is gone by itself. */
    void gone() {
        stream = null;
    }

    /** The endpoint did not answer in time. */
    void blame() {
        if (pool != null && stream != null) {
            pool.erred();
        }
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
        if (later != null) {
            later.cancel(false);
            later = null;
        }
        release();
        body.clear();
        cluster = null;
        if (!tried.isEmpty()) {
            tried.clear();
        }
        if (callerPaused) {
            pauseCaller(false);
        }
    }

    private void release() {
        EndpointPool used = pool;
        pool = null;
        if (used != null) {
            exchange.loop().wheel().clear(tryTime);
            if (retryCounted) {
                retryCounted = false;
                used.cluster().retryOver();
            }
            used.release();
        }
    }
}
