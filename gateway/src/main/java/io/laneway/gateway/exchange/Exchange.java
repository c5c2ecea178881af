package io.laneway.gateway.exchange;

import io.laneway.gateway.edge.Edge;
import io.laneway.gateway.head.Field;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.head.ResponseHead;
import io.laneway.gateway.limit.Breaker;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.observe.ResponseFlag;
import io.laneway.gateway.rules.HeaderEdit;
import io.laneway.gateway.rules.ServiceRules;
import io.laneway.gateway.stream.Downstream;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.RequestSink;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.upstream.Cluster;
import io.laneway.router.decision.Decision;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Limits;
import io.laneway.router.policy.Policy;
import io.laneway.router.policy.Retries;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer inside the gateway. Confined to one event loop; used again for request after request.
 *
 * <pre>
 *        caller                                                              endpoint
 *  1 accept      Listener                                                        │
 *  2 read head   codec ──► Exchanges.begin                                       │
 *  3 service   ┐                                                                 │
 *  4 requested │ Routing ── no ──► LocalReplies                                  │
 *  5 served    ┘    │                                                            │
 *                Stamping                                                        │
 *  6 endpoint       │                                                            │
 *  7 connection  Forwarding ◄── again, if it failed before the answer ──┐        │
 *  8 forward        └──────── head, then body with back-pressure ───────┼───────►│
 *  9 answer      Answering ◄─────── head, then body with back-pressure ─┴────────┘
 * 10 finish      observer, connection back to its pool
 * </pre>
 *
 * <p>The end of the answer is written last of all, when the exchange is already over and free for the next request: the
 * writing may set that off.
 */
final class Exchange extends Timed implements RequestSink {

    private static final int BAD_GATEWAY = 502;

    final Site site;
    final Decision decision = new Decision();
    final Facts facts;
    private final Exchanges home;
    private final Loop loop;
    private final Forwarding forwarding;
    private final Answering answering;
    private RequestHead head;
    private Downstream downstream;
    private long requestTime;
    private long idleTime;
    private long lastMove;
    private boolean answerBegun;
    private boolean upstreamPaused;
    private boolean over = true;
    private @Nullable Breaker breaker;

    Exchange(Exchanges home, Site site, RequestHead head, Downstream downstream) {
        this.home = home;
        this.site = site;
        this.loop = site.upstreams().loop();
        this.head = head;
        this.downstream = downstream;
        this.facts = new Facts(site.listener(), decision, head);
        this.forwarding = new Forwarding(this);
        this.answering = new Answering(this);
    }

    /** 2 to 8: a request's head has come. */
    void begin(RequestHead request, Downstream caller, boolean end) {
        start(request, caller);
        Failure odd = site.edge().settle(request);
        Failure refusal = home.routing().route(request, decision, facts);
        if (facts.passedThrough) {
            request.restoreTarget();
        } else if (odd != null) {
            refusal = odd;
        } else if (Edge.isLast(request)) {
            home.replies().options(this);
            return;
        }
        if (refusal != null) {
            fail(refusal);
            return;
        }
        Cluster cluster = facts.passedThrough
                ? site.passthrough().cluster(request, caller.caller().secure())
                : Routing.cluster(decision);
        if (cluster == null) {
            fail(Routing.UNAVAILABLE);
            return;
        }
        ServiceRules rules = facts.passedThrough ? null : Guards.rules(decision);
        if (rules != null && home.guards().answered(rules, this)) {
            return;
        }
        Limits limits = cluster.policy().limits();
        if (limits != null && !enter(cluster.breaker(), limits)) {
            return;
        }
        if (!facts.passedThrough) {
            home.stamping().stamp(request, decision, caller.caller());
            Routing.strip(request, decision);
        }
        watch(cluster.policy(), request.lines());
        if (rules == null) {
            forwarding.start(cluster, end, null);
            return;
        }
        HeaderEdit edit = rules.request();
        if (edit != null) {
            edit.apply(request.lines());
        }
        forwarding.start(cluster, end, home.guards().fault(rules, decision));
    }

    private boolean enter(Breaker into, Limits limits) {
        if (!into.enter(limits.maxRequests())) {
            fail(Failure.OVERFLOW);
            return false;
        }
        breaker = into;
        return true;
    }

    /** A request's head could not be read. */
    void refused(RequestHead request, Downstream caller, Failure failure) {
        start(request, caller);
        fail(failure);
    }

    private void start(RequestHead request, Downstream caller) {
        head = request;
        downstream = caller;
        over = false;
        answerBegun = false;
        upstreamPaused = false;
        facts.clear(request);
        facts.started = loop.now();
        facts.startedMillis = site.clock().millis();
        site.edge().source(request, caller.caller(), facts.source);
        home.stamping().identify(request);
    }

    private void watch(Policy policy, HeaderLines lines) {
        requestTime = policy.timeouts().request().toNanos();
        if (lines.mayHave(Field.X_ENVOY_UPSTREAM_RQ_TIMEOUT_MS.bit())) {
            requestTime = Attempts.requestTime(lines, requestTime);
        }
        idleTime = policy.timeouts().idle().toNanos();
        lastMove = facts.started;
        long next = requestTime == 0 ? idleTime : requestTime;
        if (next > 0) {
            loop.wheel().set(this, facts.started, next);
        }
    }

    /** It has become a tunnel or another protocol: no bound on the whole any more. */
    void switched() {
        answerBegun = true;
        requestTime = 0;
        loop.deadline(this, idleTime);
    }

    @Override
    protected void expired() {
        long now = loop.now();
        if (requestTime > 0 && now - facts.started >= requestTime) {
            forwarding.blame();
            fail(Failure.REQUEST_TIMEOUT);
        } else if (idleTime > 0 && now - lastMove >= idleTime) {
            fail(Failure.IDLE_TIMEOUT);
        } else {
            long idleLeft = idleTime > 0 ? idleTime - (now - lastMove) : Long.MAX_VALUE;
            long requestLeft = requestTime > 0 ? requestTime - (now - facts.started) : Long.MAX_VALUE;
            loop.wheel().set(this, now, Math.min(idleLeft, requestLeft));
        }
    }

    RequestHead request() {
        return head;
    }

    Downstream downstream() {
        return downstream;
    }

    Loop loop() {
        return loop;
    }

    boolean over() {
        return over;
    }

    boolean answerBegun() {
        return answerBegun;
    }

    // what comes from the caller

    @Override
    public void data(ByteBuf data, boolean end) {
        if (over) {
            data.release();
            return;
        }
        move();
        facts.received += data.readableBytes();
        forwarding.data(data, end);
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (!over) {
            forwarding.trailers(trailers);
        }
    }

    @Override
    public void aborted(Failure failure) {
        if (!over) {
            fail(failure);
        }
    }

    @Override
    public void writable() {
        if (!over && upstreamPaused && downstream.isWritable()) {
            upstreamPaused = false;
            forwarding.pauseAnswer(false);
        }
    }

    // what comes from the endpoint; see Answers

    final ResponseSink answers = new Answers(this);

    void opened(UpstreamStream stream) {
        forwarding.opened(stream);
    }

    void informational(ResponseHead response) {
        move();
        answering.informational(response);
    }

    void answerHead(ResponseHead response, boolean end) {
        move();
        int status = response.status();
        if (status >= BAD_GATEWAY && forwarding.again(Conditions.status(status), false)) {
            if (end) {
                forwarding.gone();
            }
            forwarding.lost(true);
            return;
        }
        forwarding.answered();
        if (forwarding.retried()) {
            settle(status);
        }
        answerBegun = true;
        facts.answered = lastMove;
        facts.status = status;
        answering.settle(response, forwarding.cluster());
        Downstream to = downstream;
        if (head.method() == Method.CONNECT) {
            switched();
        }
        if (end) {
            forwarding.ended(facts.status);
            finish();
        }
        to.head(response, end);
    }

    void answerData(ByteBuf data, boolean end) {
        move();
        facts.delivered += data.readableBytes();
        Downstream to = downstream;
        if (end) {
            forwarding.ended(facts.status);
            finish();
            to.data(data, true);
            return;
        }
        to.data(data, false);
        if (!over && !to.isWritable()) {
            upstreamPaused = true;
            forwarding.pauseAnswer(true);
        }
    }

    void answerTrailers(HeaderLines trailers) {
        Downstream to = downstream;
        forwarding.ended(facts.status);
        finish();
        to.trailers(trailers);
    }

    private void settle(int status) {
        boolean well = status < BAD_GATEWAY || Conditions.status(status) == null;
        forwarding.settled(well);
        if (!well) {
            facts.flag = ResponseFlag.URX;
        }
    }

    void failed(Failure failure) {
        boolean stale = failure.retry() == Retries.On.RESET_BEFORE_RESPONSE && forwarding.onUsedConnection();
        forwarding.gone();
        attemptFailed(failure, stale);
    }

    /** One attempt took too long. */
    void tryExpired() {
        if (!over && !answerBegun) {
            attemptFailed(Failure.TRY_TIMEOUT, false);
        }
    }

    private void attemptFailed(Failure failure, boolean stale) {
        boolean again = !answerBegun && forwarding.again(failure.retry(), stale);
        if (!again && !answerBegun && forwarding.retried()) {
            forwarding.settled(false);
        }
        forwarding.lost(!stale && failure.stage() != Failure.Stage.CONNECT);
        if (!again) {
            fail(failure);
        }
    }

    /** The hash of what a ring goes by. */
    long key(Balancer balancer) {
        return home.keys().hash(balancer, head, downstream.caller());
    }

    /** Moves on to the next lane of the walk that can serve; null if there is none. */
    @Nullable
    Cluster nextLane() {
        return home.routing().next(head, decision) ? Routing.cluster(decision) : null;
    }

    void upstreamWritable() {
        forwarding.writable();
    }

    private void move() {
        lastMove = loop.now();
    }

    /** Ends the exchange as failed: with an answer of our own if none has begun and the caller may still hear it. */
    void fail(Failure failure) {
        facts.flag = failure.flag();
        Downstream to = downstream;
        forwarding.abandon();
        if (answerBegun || failure.status() == 0) {
            finish();
            to.reset(failure);
            return;
        }
        home.replies().answer(this, failure);
    }

    /** 10: tells observers and gives everything back. What is left to do is to write the end of the answer. */
    void finish() {
        over = true;
        loop.wheel().clear(this);
        facts.ended = loop.now();
        site.observer().finished(facts);
        if (breaker != null) {
            breaker.leave();
            breaker = null;
        }
        home.giveBack(this);
    }
}
