package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.ResponseSink;
import io.laneway.gateway.runtime.eventloop.Bypass;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.ExchangeTimeouts;
import io.laneway.gateway.traffic.context.ExchangeTrace;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.forward.ForwardListener;
import io.laneway.gateway.traffic.forward.Forwarder;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.respond.ResponseRelay;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its response inside the gateway, as the owner of its phases; no phase knows it. The request's head takes
 * its way through them in {@link RequestPhases}. Confined to one event loop; used again for request after request.
 *
 * <pre>
 *        client                                                              endpoint
 *  1 accept      Listener                                                        │
 *  2 read head   codec ──► Exchanges.begin                                       │
 *                TokenCheck, where the listener has jwt: a gate, may wait        │
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
final class Exchange implements ForwardListener, ExchangeEnd, ExchangeTimeouts.Listener, GateWait.Listener {

    private final ListenerPhases phases;
    private final ListenerContext listener;
    private final Consumer<Exchange> home;
    private final ExchangeContext context;
    private final ExchangeFacts facts;
    private final GrpcCall grpc;
    private final ExchangeTimeouts timeouts;
    private final Forwarder forwarder;
    private final ResponseRelay responses;
    private final WatchedExchange watched;
    private final RequestRelay relay;
    private final RequestPhases request;
    private final @Nullable GateWait wait;

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
        this.facts = context.facts();
        this.grpc = context.grpc();
        this.timeouts = new ExchangeTimeouts(context, this);
        this.forwarder = new Forwarder(context, phases.routing(), phases.keys(), this);
        this.responses = new ResponseRelay(context, forwarder, timeouts, phases.compression(), this);
        this.relay = new RequestRelay(context, timeouts, forwarder, responses, this);
        this.wait = phases.gated() ? new GateWait(context, this) : null;
        this.request = new RequestPhases(phases, context, new Onward(forwarder, timeouts, relay, this), wait);
        this.watched = new WatchedExchange(context, forwarder, timeouts, wait);
    }

    /** 2 to 8: a request's head has come. */
    void begin(RequestHead head, Downstream stream, boolean end) {
        start(head, stream);
        request.begin(head, end);
    }

    /** A request's head could not be read. */
    void refused(RequestHead head, Downstream stream, Failure failure) {
        start(head, stream);
        request.refused(failure);
    }

    private void start(RequestHead head, Downstream stream) {
        request.take(head);
        context.begin(head, stream);
        phases.watchdog().enter(watched);
        responses.start();
        facts.madeId = phases.headers().identify(head);
    }

    @Override
    public void settled(Gate gate) {
        request.settled(gate);
    }

    @Override
    public boolean holdsClient() {
        return forwarder.holdsClient();
    }

    @Override
    public boolean enters(Cluster other) {
        return request.enters(other);
    }

    @Override
    public void data(ByteBuf data, boolean end) {
        if (context.over()) {
            data.release();
            return;
        }
        if (wait != null && wait.waits()) {
            wait.hold(data, end);
            return;
        }
        relay.received(data, end);
    }

    @Override
    public @Nullable Bypass requestBypass() {
        return context.over() || (wait != null && wait.waits()) ? null : relay.bypass();
    }

    @Override
    public void trailers(HeaderLines trailers) {
        if (wait != null && wait.waits()) {
            wait.hold(trailers);
        } else if (!context.over()) {
            relay.received(trailers);
        }
    }

    @Override
    public void aborted(Failure failure) {
        if (!context.over() && !responses.tunnel().clientLeft()) {
            request.offence(failure);
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
        if (wait != null) {
            wait.clear();
        }
        if (grpc.active() && facts.grpcStatus < 0) {
            facts.grpcStatus = GrpcStatus.ofResponse(facts.status, facts.flag);
        }
        ExchangeTrace trace = context.trace();
        if (trace != null) {
            trace.finished();
        }
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.finished();
        }
        listener.observer().finished(facts);
        request.end();
        responses.end();
        phases.watchdog().leave(watched);
        home.accept(this);
    }

    /** It is not to rest: nothing keeps it from being collected. */
    void forget() {
        context.loop().wheel().forget(timeouts);
        forwarder.forget();
        if (wait != null) {
            wait.forget();
        }
    }
}
