package io.laneway.gateway.exchange;

import io.laneway.gateway.edge.Edge;
import io.laneway.gateway.head.HeaderLines;
import io.laneway.gateway.head.Method;
import io.laneway.gateway.head.RequestHead;
import io.laneway.gateway.head.ResponseHead;
import io.laneway.gateway.loop.Loop;
import io.laneway.gateway.loop.Timed;
import io.laneway.gateway.stream.Downstream;
import io.laneway.gateway.stream.Failure;
import io.laneway.gateway.stream.RequestSink;
import io.laneway.gateway.stream.ResponseSink;
import io.laneway.gateway.stream.UpstreamStream;
import io.laneway.gateway.upstream.Cluster;
import io.laneway.router.decision.Decision;
import io.laneway.router.policy.Policy;
import io.netty.buffer.ByteBuf;

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
        if (!facts.passedThrough) {
            home.stamping().stamp(request, decision, caller.caller());
            Routing.strip(request, decision);
        }
        watch(cluster.policy());
        forwarding.start(cluster, end);
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

    private void watch(Policy policy) {
        requestTime = policy.timeouts().request().toNanos();
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
        answerBegun = true;
        facts.answered = lastMove;
        facts.status = response.status();
        answering.settle(response, forwarding.cluster());
        Downstream to = downstream;
        if (head.method() == Method.CONNECT) {
            switched();
        }
        if (end) {
            forwarding.ended();
            finish();
        }
        to.head(response, end);
    }

    void answerData(ByteBuf data, boolean end) {
        move();
        facts.delivered += data.readableBytes();
        Downstream to = downstream;
        if (end) {
            forwarding.ended();
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
        forwarding.ended();
        finish();
        to.trailers(trailers);
    }

    void failed(Failure failure) {
        forwarding.lost();
        if (answerBegun || !forwarding.again(failure)) {
            fail(failure);
        }
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
        home.giveBack(this);
    }
}
