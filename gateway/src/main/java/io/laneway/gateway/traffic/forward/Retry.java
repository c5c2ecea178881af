package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeTimer;
import io.laneway.gateway.traffic.request.Routing;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.LoopCluster;
import io.laneway.gateway.upstream.endpoint.LiveEndpoint;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.policy.Retries;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way back from a failed attempt of an exchange to phase 6: whether, when and where it is tried again. Confined to
 * one event loop; one for each exchange.
 */
public final class Retry {

    private static final Failure OVER_BUDGET = Failure.upstream(
            Failure.Stage.REQUEST, 503, null, ResponseFlag.URX, "no healthy upstream: too many retries are in flight");

    /** Takes up what comes of a retry. */
    interface Listener {

        /** Another attempt is due. */
        void attempt(Cluster to, boolean fresh);

        /** There will be no other attempt. */
        void fail(Failure failure);
    }

    private final ExchangeContext context;
    private final Routing routing;
    private final Listener listener;
    private final ExchangeTimer timer;
    private final RetryPolicy attempts = new RetryPolicy();
    private final List<LiveEndpoint> tried = new ArrayList<>(0);
    private @Nullable LoopCluster waitsFor;
    private boolean leaves;

    public Retry(ExchangeContext context, Routing routing, ExchangeTimer timer, Listener listener) {
        this.context = context;
        this.routing = routing;
        this.listener = listener;
        this.timer = timer;
    }

    /** Begins for a request that goes to that cluster. */
    public void start(Cluster to) {
        attempts.start(to.policy().retries(), context.request());
    }

    /** Whether the body may be needed again. */
    public boolean keepsBody() {
        return attempts.keepsBody();
    }

    /** An attempt begins. */
    public void began() {
        attempts.began();
    }

    /** Whether the request was sent at least twice. */
    public boolean retried() {
        return attempts.isRetry();
    }

    /** The time for one attempt by the route, else by the policy; null for no bound. */
    @Nullable
    public Duration perTryTimeout() {
        RouteRules route = context.routeRules();
        Duration own = route == null ? null : route.perTry();
        if (own == null) {
            return attempts.policy().perTryTimeout();
        }
        return own.isZero() ? null : own;
    }

    /** Endpoints to be taken only if there is no other. */
    public List<LiveEndpoint> tried() {
        return tried;
    }

    /** An attempt there failed. */
    public void lost(LiveEndpoint endpoint) {
        tried.add(endpoint);
    }

    /**
     * Tries again soon, if the failure and the policy allow it; the budget has its say when it comes to it.
     *
     * @param from  the endpoint that failed, null for none
     * @param stale whether the connection was likely closed by its peer before the request came
     */
    public boolean again(Cluster to, @Nullable LiveEndpoint from, Retries.@Nullable On condition, boolean stale) {
        if (!attempts.allows(condition)) {
            return false;
        }
        boolean fresh = condition != Retries.On.STATUS_503;
        leaves = attempts.policy().crossLane() || (condition == Retries.On.CONNECT_FAILURE && joined(from));
        soon(to, stale ? 0 : pause(), fresh);
        return true;
    }

    /** Decision 0530: a machine that joined and is not there was sent nothing, and takes nothing. */
    private static boolean joined(@Nullable LiveEndpoint endpoint) {
        return endpoint != null && endpoint.join() != null;
    }

    private long pause() {
        return attempts.wait(context.loop().random().nextDouble());
    }

    private void soon(Cluster to, long nanos, boolean fresh) {
        LoopCluster part = to.on(context.listener().upstreams());
        part.waitBegins();
        waitsFor = part;
        timer.in(nanos, () -> retry(to, part, fresh));
    }

    private void waitOver() {
        LoopCluster part = waitsFor;
        if (part != null) {
            waitsFor = null;
            part.waitOver();
        }
    }

    private void retry(Cluster to, LoopCluster part, boolean fresh) {
        boolean may = part.mayRetry();
        waitOver();
        if (may) {
            context.facts().retries++;
            listener.attempt(lane(to, part), fresh);
        } else if (attempts.waitsForBudget()) {
            soon(to, pause(), fresh);
        } else {
            part.stats().retriesOverBudget.increment();
            listener.fail(OVER_BUDGET);
        }
    }

    /**
     * With {@code crossLane}, or past a machine that joined and is not there, a retry continues along the walk when its lane
     * has no other endpoint to try.
     */
    private Cluster lane(Cluster to, LoopCluster part) {
        if (leaves && !part.hasOther(tried)) {
            Cluster next = nextLane();
            return next == null ? to : next;
        }
        return to;
    }

    private @Nullable Cluster nextLane() {
        return routing.next(context.request(), context.decision()) ? context.cluster() : null;
    }

    /** Counts what came of retries, if there were any. */
    public void settled(@Nullable EndpointPool last, boolean well) {
        if (last != null && attempts.isRetry()) {
            DeploymentStats stats = last.cluster().stats();
            (well ? stats.retriesSucceeded : stats.retriesFailed).increment();
        }
    }

    public void clear() {
        waitOver();
        if (!tried.isEmpty()) {
            tried.clear();
        }
    }
}
