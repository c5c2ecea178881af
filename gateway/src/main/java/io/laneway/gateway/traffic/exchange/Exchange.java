package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.RequestSink;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.limit.CircuitBreaker;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.mirror.MirrorRequest;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Limits;
import io.laneway.router.text.HeaderName;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
 *  6 endpoint    ┐                                                               │
 *  7 connection  ┴ Attempt ◄── Retrying, if it failed before the answer ──┐      │
 *  8 forward     Forwarding ──── head, then body with back-pressure ──────┼─────►│
 *  9 answer      Answers ◄────── head, then body with back-pressure ──────┴──────┘
 * 10 finish      observer, connection back to its pool
 * </pre>
 */
final class Exchange implements RequestSink {

    private static final int BAD_REQUEST = 400;
    private static final HeaderName RETRY_AFTER = HeaderName.of("retry-after");

    final ExchangeContext site;
    final Decision decision = new Decision();
    final ExchangeFacts facts;
    final ResponseRelay answers;
    final GrpcCall grpc = new GrpcCall();
    private final Exchanges home;
    private final Loop loop;
    private final Forwarder forwarding;
    private final ExchangeTimeouts bounds;
    private final WatchedExchange watched;
    private RequestHead head;
    private Downstream downstream;
    private boolean over = true;
    private @Nullable CircuitBreaker breaker;
    private @Nullable MirrorRequest copy;
    private boolean admitted;

    Exchange(Exchanges home, ExchangeContext site, RequestHead head, Downstream downstream) {
        this.home = home;
        this.site = site;
        this.loop = site.upstreams().loop();
        this.head = head;
        this.downstream = downstream;
        this.facts = new ExchangeFacts(site.listener(), decision, head);
        this.forwarding = new Forwarder(this);
        this.bounds = new ExchangeTimeouts(this);
        this.watched = new WatchedExchange(this, forwarding, bounds);
        this.answers = new ResponseRelay(this, forwarding, bounds);
    }

    /** 2 to 8: a request's head has come. */
    void begin(RequestHead request, Downstream caller, boolean end) {
        start(request, caller);
        if (!admit()) {
            return;
        }
        boolean last = Edge.isLast(request);
        Failure odd = site.edge().settle(request);
        Failure refusal = home.routing().route(request, decision, facts);
        if (facts.passedThrough) {
            request.restoreTarget();
        } else if (odd != null) {
            refusal = odd;
        } else if (last) {
            home.replies().options(this);
            return;
        }
        if (refusal != null) {
            fail(refusal);
            return;
        }
        if (decision.redirected() && !facts.passedThrough) {
            home.replies().redirect(this);
            return;
        }
        Cluster cluster = facts.passedThrough
                ? site.passthrough().cluster(request, caller.caller().secure())
                : Routing.cluster(decision);
        if (cluster == null) {
            fail(Routing.UNAVAILABLE);
            return;
        }
        forward(cluster, end);
    }

    private boolean admit() {
        admitted = site.guard().enter();
        if (!admitted) {
            site.observer().listener(site.listener()).offence(Offence.SHED);
            decideForPage();
            home.replies().answer(this, Failure.SHED, lines -> lines.add(RETRY_AFTER, 1));
        }
        return admitted;
    }

    private void forward(Cluster cluster, boolean end) {
        ServiceRules rules = facts.passedThrough ? null : RequestFilters.rules(decision);
        if (rules != null && home.guards().answered(rules, this)) {
            return;
        }
        Limits limits = cluster.policy().limits();
        if (limits != null && !enter(cluster.breaker(), limits)) {
            return;
        }
        RouteRules route = facts.passedThrough ? null : Routing.rules(decision);
        if (!facts.passedThrough) {
            if (!site.traits().internal()) {
                Routing.unmask(head.lines(), route, rules);
            }
            Routing.completeHost(head, decision);
            home.stamping().stamp(head, decision, downstream.caller(), facts.original);
            Routing.shape(head, decision);
        }
        bounds.start(cluster.policy(), route, end);
        if (rules == null && route == null) {
            forwarding.start(cluster, end, null);
            return;
        }
        HeaderEdit edit = rules == null ? null : rules.request();
        if (edit != null) {
            edit.apply(head.lines());
        }
        copy = home.mirroring().begin(route, rules, decision, head, end);
        forwarding.start(cluster, end, rules == null ? null : home.guards().fault(rules, decision));
    }

    /** Its place among the requests of another deployment, to which it moves; fails the exchange if there is none. */
    boolean enters(Cluster other) {
        if (breaker != null) {
            breaker.leave();
            breaker = null;
        }
        Limits limits = other.policy().limits();
        return limits == null || enter(other.breaker(), limits);
    }

    private boolean enter(CircuitBreaker into, Limits limits) {
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
        offence(failure);
        if (failure.status() != BAD_REQUEST) {
            decideForPage();
        }
        fail(failure);
    }

    private void offence(Failure failure) {
        Offence offence = Offence.of(failure.flag(), failure.status());
        if (offence != null) {
            site.observer().listener(site.listener()).offence(offence);
        }
    }

    /** A page in a browser reads an answer only if its service's policy lets it, so the service is found all the same. */
    private void decideForPage() {
        if (head.hasAuthority() && head.lines().find(Field.ORIGIN, 0) >= 0) {
            var unused = home.routing().route(head, decision, facts);
        }
    }

    private void start(RequestHead request, Downstream caller) {
        head = request;
        downstream = caller;
        over = false;
        home.watchdog().enter(watched);
        answers.start();
        facts.clear(request);
        grpc.start(request.lines());
        facts.started = loop.now();
        facts.startedMillis = site.clock().millis();
        site.edge().original(request, caller.caller(), facts.original);
        home.stamping().identify(request);
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

    @Override
    public void data(ByteBuf data, boolean end) {
        if (over) {
            data.release();
            return;
        }
        bounds.moved();
        facts.received += data.readableBytes();
        if (copy != null) {
            copy.body(data.retainedDuplicate(), end);
        }
        if (grpc.active()) {
            grpc.sent(data, forwarding.stats());
        }
        if (end) {
            asked();
        }
        if (answers.relay().isOn()) {
            answers.relay().fromCaller(data, end);
        } else {
            forwarding.data(data, end);
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (!over) {
            if (copy != null) {
                copy.body(Unpooled.EMPTY_BUFFER, true);
            }
            asked();
            forwarding.trailers(trailers);
        }
    }

    private void asked() {
        bounds.asked();
        forwarding.attempt().asked();
    }

    @Override
    public void aborted(Failure failure) {
        if (!over && !answers.relay().callerLeft()) {
            offence(failure);
            fail(failure);
        }
    }

    @Override
    public void leave() {
        if (!over) {
            answers.relay().leave();
        }
    }

    @Override
    public void writable() {
        if (!over) {
            answers.callerWritable();
        }
    }

    /** The hash of what a ring goes by. */
    long key(Balancer balancer) {
        return home.keys().hash(balancer, head, facts.original.source());
    }

    /** Moves on to the next lane of the walk that can serve; null if there is none. */
    @Nullable
    Cluster nextLane() {
        return home.routing().next(head, decision) ? Routing.cluster(decision) : null;
    }

    /** Decides once more on the served lane, since the one decided on can take nothing now; null if none can. */
    @Nullable
    Cluster walkAgain() {
        home.routing().walkAgain(head, decision);
        return Routing.cluster(decision);
    }

    /** Whether it asks for a tunnel or another protocol, with its head alone. */
    boolean switching() {
        return (head.upgrade() && head.bodyLength() == 0) || head.method() == Method.CONNECT;
    }

    /** Whether no more of the request comes. */
    boolean whole() {
        return bounds.whole();
    }

    /** Whether an endpoint takes the request. */
    boolean sending() {
        return forwarding.attempt().stream() != null;
    }

    /** Whether it is the caller for whom the rest of the request's body waits. */
    boolean waitsForCaller() {
        return sending() && !switching() && forwarding.waitsForCaller();
    }

    /** The caller is no longer held back. */
    void resumed() {
        bounds.resumed();
        downstream.resume();
    }

    /** The time for the answer is up, by the service's policy: its endpoint is to blame. */
    void tooLate() {
        if (waitsForCaller()) {
            fail(Failure.SLOW_REQUEST_BODY);
            return;
        }
        forwarding.attempt().blame();
        fail(Failure.REQUEST_TIMEOUT);
    }

    /** Ends the exchange as failed: with an answer of our own if none has begun and the caller may still hear it. */
    void fail(Failure failure) {
        facts.flag = failure.flag();
        Downstream to = downstream;
        forwarding.abandon();
        if (answers.begun() || failure.status() == 0) {
            if (grpc.answering() && failure.status() != 0 && to.hearsTrailers()) {
                home.replies().end(this, failure);
            } else {
                finish();
                to.reset(failure);
            }
            return;
        }
        home.replies().answer(this, failure);
    }

    /** 10: tells observers and gives everything back. What is left to do is to write the end of the answer. */
    void finish() {
        over = true;
        bounds.end();
        facts.ended = loop.now();
        if (grpc.active() && facts.grpcStatus < 0) {
            facts.grpcStatus = GrpcStatus.ofAnswer(facts.status, facts.flag);
        }
        site.observer().finished(facts);
        if (breaker != null) {
            breaker.leave();
            breaker = null;
        }
        if (admitted) {
            admitted = false;
            site.guard().leave();
        }
        if (copy != null) {
            copy.originalOver();
            copy = null;
        }
        home.watchdog().leave(watched);
        home.giveBack(this);
    }

    /** It is not to rest: nothing keeps it from being collected. */
    void forget() {
        loop.wheel().forget(bounds);
        forwarding.forget();
    }
}
