package io.laneway.gateway.traffic.forward;

import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.UpstreamStream;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.runtime.record.ResponseFlag;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeTimer;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.traffic.request.Routing;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.pool.EndpointPool;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Fault;
import io.laneway.router.policy.Retries;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Phase 8 of an exchange, around its {@linkplain UpstreamAttempt attempts}: the request onto a stream as fast as that takes it,
 * and once more if it failed before the response began. Confined to one event loop; one for each exchange.
 */
public final class Forwarder {

    /** So often a decision is made once more; each time its state has changed between it and the pick. */
    private static final int MAX_WALKS = 4;

    /** So often an exchange changes its protocol: what is known of an endpoint may be of one before it. */
    private static final int MAX_PROTOCOLS = 2;

    private final ExchangeContext context;
    private final Routing routing;
    private final BalanceKeys keys;
    private final ForwardListener listener;
    private final RequestBody body = new RequestBody();
    private final UpstreamAttempt attempt;
    private final Retry retry;
    private final @Nullable ExchangeTrace trace;
    private final ContinueGrace continueGrace;
    private final ExchangeTimer timer;
    private @Nullable Cluster cluster;
    private boolean opening;
    private boolean turned;
    private boolean clientPaused;
    private int protocols;

    /**
     * Forwards the requests of one exchange after the other.
     *
     * @param keys what of a request a ring of endpoints goes by
     */
    public Forwarder(ExchangeContext context, Routing routing, BalanceKeys keys, ForwardListener listener) {
        this.context = context;
        this.routing = routing;
        this.keys = keys;
        this.listener = listener;
        this.trace = context.trace();
        this.attempt = new UpstreamAttempt(context, listener);
        this.continueGrace = new ContinueGrace(context);
        this.timer = new ExchangeTimer(context.loop());
        this.retry = new Retry(context, routing, timer, new RetryEvents());
    }

    /** The cluster that the request goes to. */
    @Nullable
    public Cluster cluster() {
        return cluster;
    }

    /** The counters of the deployment to which the request goes, null if it goes nowhere. */
    @Nullable
    public DeploymentStats stats() {
        Cluster to = cluster;
        return to == null ? null : to.on(context.listener().upstreams()).stats();
    }

    /** What becomes of an expectation that the endpoint does not answer. */
    public ContinueGrace continueGrace() {
        return continueGrace;
    }

    /** It is not to be used again. */
    public void forget() {
        context.loop().wheel().forget(attempt);
        context.loop().wheel().forget(continueGrace);
    }

    /** The attempt in flight. */
    public UpstreamAttempt attempt() {
        return attempt;
    }

    /**
     * @param end   whether the request is its head alone
     * @param fault what is to go wrong first, null for nothing
     */
    public void start(Cluster to, boolean end, @Nullable Fault fault) {
        cluster = to;
        clientPaused = false;
        continueGrace.start();
        protocols = 0;
        retry.start(to);
        body.start(end, retry.keepsBody() || to.settings().protocol() == Protocol.AUTO);
        if (fault == null) {
            attempt(to, false);
        } else {
            suffer(to, fault);
        }
    }

    private void suffer(Cluster to, Fault fault) {
        context.facts().flag = ResponseFlag.FI;
        Duration delay = fault.delay();
        if (delay == null) {
            afterDelay(to, fault);
        } else {
            timer.in(delay.toNanos(), () -> afterDelay(to, fault));
        }
    }

    private void afterDelay(Cluster to, Fault fault) {
        if (fault.abort() == 0) {
            attempt(to, false);
        } else {
            listener.fail(Failure.gateway(
                    Failure.Stage.ROUTE, fault.abort(), ResponseFlag.FI, "a fault that the lane's policy asks for"));
        }
    }

    /** Picks an endpoint there, or where the walk leads now if none is there, and asks for a stream to it. */
    public void attempt(Cluster to, boolean fresh) {
        boolean first = retry.tried().isEmpty();
        Cluster from = first && !to.usable() ? walkAgain(to) : to;
        EndpointPool picked = pick(from);
        for (int walks = 0; picked == null && walks < MAX_WALKS; walks++) {
            from = walkAgain(from);
            picked = pick(from);
        }
        if (from == null || picked == null) {
            listener.fail(Routing.UNAVAILABLE);
            return;
        }
        boolean moves = !from.equals(cluster);
        cluster = from;
        if (moves && !listener.enters(from)) {
            return;
        }
        retry.began();
        context.facts().attempts++;
        if (trace != null) {
            trace.attempt(picked);
        }
        attempt.begin(picked, fresh, retry.retried(), retry.perTryTimeout());
    }

    /** The state of a cluster may change between the decision for it and the pick in it: both are made once more then. */
    private @Nullable Cluster walkAgain(@Nullable Cluster before) {
        if (context.facts().passedThrough) {
            return before;
        }
        routing.walkAgain(context.request(), context.decision());
        return context.cluster();
    }

    private @Nullable EndpointPool pick(@Nullable Cluster from) {
        if (from == null) {
            return null;
        }
        long key = key(from.policy().balancer());
        return from.on(context.listener().upstreams()).pick(context.request(), retry.tried(), key, context.session());
    }

    private long key(Balancer balancer) {
        return balancer.kind() == Balancer.Kind.RING_HASH
                ? keys.hash(
                        balancer, context.request(), context.facts().original.source())
                : 0;
    }

    /** Sends the head, and as much of the body as has come. */
    public void opened(UpstreamStream opened) {
        attempt.opened(opened);
        context.facts().sent = context.loop().now();
        boolean bare = body.isEmpty();
        if (trace != null) {
            trace.sending(opened);
        }
        opening = true;
        turned = false;
        opened.head(context.request(), bare);
        opening = false;
        if (!bare && !turned && body.nothingYet()) {
            continueGrace.sent();
        }
        if (!bare && attempt.stream() != null) {
            body.replay(opened);
            pauseClient(!opened.isWritable());
        }
        if (turned) {
            body.keepNoMore();
        }
    }

    public void data(ByteBuf data, boolean end) {
        UpstreamStream to = attempt.stream();
        continueGrace.end();
        body.add(data, end, to != null);
        if (to == null) {
            pauseClient(true);
            return;
        }
        to.data(data, end);
        if (!end && !to.isWritable()) {
            pauseClient(true);
        }
    }

    /** Where more of the body may go by another way than {@link #data}; null while it may have to be sent again. */
    public @Nullable Channel socket() {
        UpstreamStream to = attempt.stream();
        return to == null || body.canReplay() ? null : to.socket();
    }

    public void trailers(HeaderLines trailers) {
        UpstreamStream to = attempt.stream();
        body.trailers(trailers);
        if (to != null) {
            to.trailers(trailers);
        }
    }

    /** Whether the client has sent its last byte, as far as the endpoint knows. */
    public boolean requestEnded() {
        return body.ended();
    }

    /**
     * It has become a tunnel or another protocol, which cannot be tried again. A tunnel is one with its head, before what came
     * behind that was sent.
     */
    public void switched() {
        turned = opening;
        if (!opening) {
            body.keepNoMore();
        }
        if (context.request().version() != RequestHead.Version.HTTP_2) {
            body.reopen();
        }
    }

    /** Whether it is the client, not the endpoint, for whom the rest of the body waits. */
    public boolean waitsForClient() {
        return !body.ended() && !clientPaused;
    }

    /** The endpoint may take more of the body. */
    public void writable() {
        UpstreamStream to = attempt.stream();
        if (clientPaused && to != null && to.isWritable()) {
            pauseClient(false);
        }
    }

    /** Whether the client is held back, as nothing takes its body now. */
    public boolean holdsClient() {
        return clientPaused;
    }

    private void pauseClient(boolean pause) {
        if (pause != clientPaused) {
            clientPaused = pause;
            if (pause) {
                context.downstream().pause();
            } else {
                listener.resumed();
                context.downstream().resume();
            }
        }
    }

    /** Tries again soon, if the failure, the policy and the body allow it; see {@link Retry#again}. */
    public boolean again(Retries.@Nullable On condition, boolean stale) {
        Cluster to = cluster;
        EndpointPool from = attempt.pool();
        return to != null
                && body.canReplay()
                && retry.again(to, from == null ? null : from.endpoint(), condition, stale);
    }

    /**
     * Asks the same endpoint once more if it has shown that it speaks another protocol than the request was sent in: it has
     * understood nothing of it then, so that this is no retry.
     */
    public boolean otherwise() {
        EndpointPool before = attempt.pool();
        EndpointPool now = before == null ? null : before.suiting(context.request());
        if (now == null || now.equals(before) || protocols >= MAX_PROTOCOLS || !body.canReplay()) {
            return false;
        }
        protocols++;
        attempt.end();
        timer.in(0, () -> attempt.begin(now, true, retry.retried(), retry.perTryTimeout()));
        return true;
    }

    /** Whether another endpoint of the deployment may understand what this one did not. */
    public boolean hasOther() {
        EndpointPool pool = attempt.pool();
        return pool != null && pool.cluster().hasOther(retry.tried(), pool.endpoint());
    }

    /** Counts what came of retries, if there were any. */
    public void settled(boolean well) {
        retry.settled(attempt.pool(), well);
    }

    /** Whether the request was sent at least twice. */
    public boolean retried() {
        return retry.retried();
    }

    /**
     * The response is whole: the stream has given itself back.
     *
     * @param status in HTTP, by which the endpoint is judged
     */
    public void ended(int status) {
        EndpointPool used = attempt.pool();
        if (used != null) {
            used.responded(status);
        }
        attempt.gone();
        abandon();
    }

    /**
     * The attempt failed; what it had is given up.
     *
     * @param erred  whether its endpoint is to blame
     * @param why    {@link ResponseFlag#NONE} for the status of its response
     * @param status of its response, 0 if it had none
     */
    public void lost(boolean erred, ResponseFlag why, int status) {
        EndpointPool used = attempt.pool();
        if (used != null) {
            context.facts()
                    .failed(
                            used.endpoint().address(),
                            why,
                            status,
                            context.loop().now());
            retry.lost(used.endpoint());
            if (trace != null) {
                trace.lost(why, status);
            }
            if (erred) {
                used.erred();
            }
        }
        attempt.end();
    }

    /** Gives up what is in flight. */
    public void abandon() {
        attempt.end();
        continueGrace.end();
        timer.cancel();
        retry.clear();
        body.clear();
        cluster = null;
        if (clientPaused) {
            pauseClient(false);
        }
    }

    /** What comes of retries. */
    private final class RetryEvents implements Retry.Listener {

        @Override
        public void attempt(Cluster to, boolean fresh) {
            Forwarder.this.attempt(to, fresh);
        }

        @Override
        public void fail(Failure failure) {
            listener.fail(failure);
        }
    }
}
