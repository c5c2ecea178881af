package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.forward.ForwardListener;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.mirror.MirrorRequest;
import io.laneway.gateway.traffic.request.Routing;
import io.laneway.gateway.traffic.respond.ResponseRelay;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response inside the gateway, as the owner of its phases; no phase knows it. Confined to one event
 * loop; used again for request after request.
 *
 * <pre>
 *        client                                                              endpoint
 *  1 accept      Listener                                                        │
 *  2 read head   codec ──► Exchanges.begin                                       │
 *                TokenCheck, where the listener has jwt: may wait                │
 *  3 service   ┐                                                                 │
 *  4 requested │ Routing ── no ──► LocalReplies                                  │
 *  5 served    ┘    │                                                            │
 *                RequestFilters ── no ──► LocalReplies                           │
 *                RequestHeaders                                                  │
 *  6 endpoint    ┐                                                               │
 *  7 connection  ┴ UpstreamAttempt ◄── Retry, if it failed before the response ──┤
 *  8 forward     Forwarder ────── head, then body with back-pressure ────────────┼►
 *  9 respond     ResponseRelay ◄── head, then body with back-pressure ───────────┘
 * 10 finish      observer, connection back to its pool
 * </pre>
 */
final class Exchange implements ForwardListener, ExchangeEnd, ExchangeTimeouts.Listener, TokenCheck.Listener {

    private static final int BAD_REQUEST = 400;

    private final ListenerPhases phases;
    private final ListenerContext listener;
    private final Consumer<Exchange> home;
    private final ExchangeContext context;
    private final Decision<Cluster, ServiceRules> decision;
    private final ExchangeFacts facts;
    private final GrpcCall grpc;
    private final ExchangeTimeouts timeouts;
    private final Forwarder forwarder;
    private final ResponseRelay responses;
    private final WatchedExchange watched;
    private final Admission admission;
    private final EarlyReplies replies;
    private final @Nullable TokenCheck token;
    private @Nullable MirrorRequest mirror;
    private boolean bare;

    /**
     * For the exchanges of one listener.
     *
     * @param home takes the exchange when it is over
     */
    Exchange(ListenerPhases phases, Consumer<Exchange> home, RequestHead head, Downstream downstream) {
        this.phases = phases;
        this.listener = phases.listener();
        this.home = home;
        this.context = new ExchangeContext(listener, head, downstream);
        this.decision = context.decision();
        this.facts = context.facts();
        this.grpc = context.grpc();
        this.timeouts = new ExchangeTimeouts(context, this);
        this.forwarder = new Forwarder(context, phases.routing(), phases.keys(), this);
        this.responses = new ResponseRelay(context, forwarder, timeouts, this);
        this.replies = new EarlyReplies(phases, context, this);
        this.token = phases.tokens() == null ? null : new TokenCheck(context, phases.tokens(), this);
        this.watched = new WatchedExchange(context, forwarder, timeouts, token);
        this.admission = new Admission(listener.shedder());
    }

    /** 2 to 8: a request's head has come. */
    void begin(RequestHead head, Downstream stream, boolean end) {
        start(head, stream);
        if (!replies.admitted(admission)) {
            return;
        }
        bare = end;
        if (token == null || token.settle()) {
            proceed(head, end);
        }
    }

    @Override
    public void tokenSettled() {
        proceed(context.request(), bare);
    }

    @Override
    public boolean holdsClient() {
        return forwarder.holdsClient();
    }

    private void proceed(RequestHead head, boolean end) {
        boolean last = Edge.isLast(head);
        Failure odd = listener.edge().settle(head);
        Failure refusal = phases.routing().route(head, decision, facts);
        if (facts.passedThrough) {
            head.restoreTarget();
        } else if (odd != null) {
            refusal = odd;
        } else if (last) {
            phases.replies().options(context, this);
            return;
        }
        if (token != null && replies.denied(token)) {
            return;
        }
        if (odd == null && phases.badge().replied(context, this)) {
            return;
        }
        if (refusal != null) {
            fail(refusal);
            return;
        }
        if (decision.redirected() && !facts.passedThrough) {
            phases.replies().redirect(context, this);
            return;
        }
        Cluster cluster = facts.passedThrough
                ? listener.passthrough()
                        .cluster(head, context.downstream().peer().secure())
                : context.cluster();
        if (cluster == null) {
            fail(Routing.UNAVAILABLE);
            return;
        }
        forward(cluster, end);
    }

    private void forward(Cluster cluster, boolean end) {
        ServiceRules rules = facts.passedThrough ? null : context.serviceRules();
        if ((rules != null && replies.filtered(rules)) || !enters(cluster)) {
            return;
        }
        RequestHead head = context.request();
        RouteRules route = facts.passedThrough ? null : context.routeRules();
        if (!facts.passedThrough) {
            settle(head, route, rules);
        }
        timeouts.start(cluster.policy(), route, end);
        if (rules == null && route == null) {
            forwarder.start(cluster, end, null);
            return;
        }
        HeaderEdit edit = rules == null ? null : rules.request();
        if (edit != null) {
            edit.apply(head.lines());
        }
        mirror = phases.mirroring().begin(route, rules, context, end);
        forwarder.start(cluster, end, rules == null ? null : phases.filters().fault(rules, decision));
    }

    private void settle(RequestHead head, @Nullable RouteRules route, @Nullable ServiceRules rules) {
        if (!listener.traits().internal()) {
            Routing.unmask(head.lines(), route, rules);
        }
        Routing.completeHost(head, decision);
        phases.headers().stamp(head, decision, context.downstream().peer(), facts.original);
        Routing.shape(head, decision);
    }

    @Override
    public boolean enters(Cluster cluster) {
        boolean entered = admission.enter(cluster);
        if (!entered) {
            fail(Failure.OVERFLOW);
        }
        return entered;
    }

    /** A request's head could not be read. */
    void refused(RequestHead head, Downstream stream, Failure failure) {
        start(head, stream);
        offence(failure);
        if (failure.status() != BAD_REQUEST) {
            replies.decideForPage();
        }
        fail(failure);
    }

    private void offence(Failure failure) {
        Offence offence = Offence.of(failure.flag(), failure.status());
        if (offence != null) {
            listener.observer().listener(listener.name()).offence(offence);
        }
    }

    private void start(RequestHead head, Downstream stream) {
        context.begin(head, stream);
        phases.watchdog().enter(watched);
        responses.start();
        facts.madeId = phases.headers().identify(head);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (context.over()) {
            data.release();
            return;
        }
        if (token != null && token.waits()) {
            token.hold(data, end);
            return;
        }
        timeouts.moved();
        facts.received += data.readableBytes();
        if (mirror != null) {
            mirror.body(data.retainedDuplicate(), end);
        }
        if (grpc.active()) {
            grpc.sent(data, forwarder.stats());
        }
        if (end) {
            asked();
        }
        if (responses.tunnel().isOn()) {
            responses.tunnel().fromClient(data, end);
        } else {
            forwarder.data(data, end);
        }
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (token != null && token.waits()) {
            token.hold(trailers);
        } else if (!context.over()) {
            if (mirror != null) {
                mirror.body(Unpooled.EMPTY_BUFFER, true);
            }
            asked();
            forwarder.trailers(trailers);
        }
    }

    private void asked() {
        timeouts.asked();
        forwarder.attempt().asked();
    }

    @Override
    public void aborted(Failure failure) {
        if (!context.over() && !responses.tunnel().clientLeft()) {
            offence(failure);
            fail(failure);
        }
    }

    @Override
    public void leave() {
        if (!context.over()) {
            responses.tunnel().leave();
        }
    }

    @Override
    public void writable() {
        if (!context.over()) {
            responses.clientWritable();
        }
    }

    @Override
    public ResponseSink responses() {
        return responses;
    }

    @Override
    public void resumed() {
        timeouts.resumed();
    }

    @Override
    public void attemptExpired(boolean sending) {
        if (!sending || timeouts.whole()) {
            responses.attemptExpired();
        }
    }

    @Override
    public boolean sending() {
        return forwarder.attempt().stream() != null;
    }

    @Override
    public boolean waitsForClient() {
        return sending() && !context.switching() && forwarder.waitsForClient();
    }

    @Override
    public void responseTimedOut() {
        if (waitsForClient()) {
            fail(Failure.SLOW_REQUEST_BODY);
            return;
        }
        forwarder.attempt().blame();
        fail(Failure.REQUEST_TIMEOUT);
    }

    @Override
    public void fail(Failure failure) {
        facts.flag = failure.flag();
        Downstream to = context.downstream();
        forwarder.abandon();
        if (responses.begun() || failure.status() == 0) {
            if (grpc.inResponse() && failure.status() != 0 && to.hearsTrailers()) {
                phases.replies().end(context, this, failure);
            } else {
                finish();
                to.reset(failure);
            }
            return;
        }
        phases.replies().reply(context, this, failure);
    }

    /** 10: observers see it, and everything is given back. */
    @Override
    public void finish() {
        context.end();
        timeouts.end();
        if (token != null) {
            token.clear();
        }
        if (grpc.active() && facts.grpcStatus < 0) {
            facts.grpcStatus = GrpcStatus.ofResponse(facts.status, facts.flag);
        }
        ExchangeTrace trace = context.trace();
        if (trace != null) {
            trace.finished();
        }
        listener.observer().finished(facts);
        admission.leave();
        if (mirror != null) {
            mirror.originalOver();
            mirror = null;
        }
        phases.watchdog().leave(watched);
        home.accept(this);
    }

    /** It is not to rest: nothing keeps it from being collected. */
    void forget() {
        context.loop().wheel().forget(timeouts);
        forwarder.forget();
        if (token != null) {
            context.loop().wheel().forget(token);
        }
    }
}
