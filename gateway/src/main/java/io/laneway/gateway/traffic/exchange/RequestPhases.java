package io.laneway.gateway.traffic.exchange;

import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.DownstreamPeer;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.OriginalDestination;
import io.laneway.gateway.runtime.record.ListenerStats.Offence;
import io.laneway.gateway.traffic.authorize.AuthGate;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ExchangeRecording;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.edge.Edge;
import io.laneway.gateway.traffic.filter.FilterGate;
import io.laneway.gateway.traffic.gate.Gate;
import io.laneway.gateway.traffic.gate.GateWait;
import io.laneway.gateway.traffic.interest.InterestGate;
import io.laneway.gateway.traffic.link.LinkCheck;
import io.laneway.gateway.traffic.request.Conversions;
import io.laneway.gateway.traffic.request.Misdirection;
import io.laneway.gateway.traffic.request.RateGate;
import io.laneway.gateway.traffic.request.Routing;
import io.laneway.gateway.traffic.token.TokenCheck;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Decision;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The phases that a request's head passes in an exchange, in their order, up to the endpoint or to a local reply. It may have
 * to wait at a gate; each step behind one is a method, so that the head continues there. Confined to one event loop; one for
 * each exchange.
 *
 * <pre>
 * begin ── link ── token ── interest ──► route ── auth ──► lead ── rate ──► counted ── own ──► forward
 *          gate    gate     gate                  gate             gate             filters, a gate
 * </pre>
 */
final class RequestPhases {

    private static final int BAD_REQUEST = 400;

    private final ListenerPhases phases;
    private final ListenerContext listener;
    private final ExchangeContext context;
    private final ExchangeFacts facts;
    private final Decision<Cluster, ServiceRules> decision;
    private final Onward onward;
    private final ExchangeEnd exchange;
    private final Admission admission;
    private final EarlyReplies replies;
    private final @Nullable GateWait wait;
    private final @Nullable LinkCheck link;
    private final @Nullable TokenCheck token;
    private final @Nullable InterestGate interest;
    private final @Nullable AuthGate auth;
    private final @Nullable FilterGate own;
    private final @Nullable RateGate rate;
    private boolean bare;

    /** @param wait null where no gate is on the way */
    RequestPhases(ListenerPhases phases, ExchangeContext context, Onward onward, @Nullable GateWait wait) {
        this.phases = phases;
        this.listener = phases.listener();
        this.context = context;
        this.facts = context.facts();
        this.decision = context.decision();
        this.onward = onward;
        this.exchange = onward.exchange();
        this.admission = new Admission(listener.shedder());
        this.replies = new EarlyReplies(phases, context, exchange);
        this.wait = wait;
        this.link = wait == null || phases.links() == null ? null : new LinkCheck(context, phases.links(), wait);
        this.token = wait == null || phases.tokens() == null ? null : new TokenCheck(context, phases.tokens(), wait);
        this.interest = wait == null || phases.interests() == null
                ? null
                : new InterestGate(context, listener, phases.interests(), wait);
        this.auth = wait == null || phases.auth() == null ? null : new AuthGate(context, phases.auth(), wait);
        this.own = wait == null || phases.own() == null ? null : new FilterGate(context, phases.own(), wait);
        this.rate = wait == null || phases.rates() == null
                ? null
                : new RateGate(context, phases.filters(), phases.rates(), wait);
    }

    /** Takes off a request what nothing else is to see. */
    void take(RequestHead head) {
        if (link != null) {
            link.take(head);
        }
    }

    /** A request's head has come. */
    void begin(RequestHead head, boolean end) {
        if (!replies.admitted(admission)) {
            return;
        }
        bare = end;
        if (wait != null) {
            wait.begin(end);
        }
        if (passes(link) && passes(token) && passes(interest)) {
            route(head);
        }
    }

    /** False if the request waits at the gate, to continue in {@link #settled}. */
    private boolean passes(@Nullable Gate gate) {
        return gate == null || wait == null || wait.pass(gate);
    }

    /** The request continues behind the gate at which it waited. */
    void settled(Gate gate) {
        if (gate.equals(interest)) {
            route(context.request());
        } else if (gate.equals(token) || (gate.equals(link) && passes(token))) {
            if (passes(interest)) {
                route(context.request());
            }
        } else if (gate.equals(auth)) {
            lead();
        } else if (gate.equals(rate)) {
            counted();
        } else if (gate.equals(own)) {
            passOwn();
        }
    }

    private void route(RequestHead head) {
        boolean last = Edge.isLast(head);
        Failure odd = listener.edge().settle(head);
        Failure refusal = phases.routing().route(head, decision, facts);
        Conversions.settle(context, onward.relay());
        context.decided();
        if (facts.passedThrough) {
            head.restoreTarget();
        } else if (odd != null) {
            refusal = odd;
        } else if (phases.misdirection().has(context)) {
            refusal = Misdirection.MISDIRECTED;
        } else if (last) {
            phases.replies().options(context, exchange);
            return;
        }
        if (link != null && replies.denied((Gate) link)) {
            return;
        }
        if (token != null && replies.denied(token)) {
            return;
        }
        if (odd == null && phases.badge().replied(context, exchange)) {
            return;
        }
        if (refusal != null) {
            exchange.fail(refusal);
            return;
        }
        context.keepSession(facts.passedThrough ? null : context.serviceRules());
        if (auth != null) {
            auth.demand(phases.access().demands(context, auth.required()));
        }
        if (passes(auth)) {
            lead();
        }
    }

    private void lead() {
        if (auth != null && replies.denied(auth)) {
            return;
        }
        if (link != null && replies.sentOn(link)) {
            return;
        }
        if (decision.redirected() && !facts.passedThrough) {
            phases.replies().redirect(context, exchange);
            return;
        }
        Cluster cluster = cluster(context.request());
        if (cluster == null) {
            exchange.fail(Routing.UNAVAILABLE);
            return;
        }
        ServiceRules rules = facts.passedThrough ? null : context.serviceRules();
        if (!facts.passedThrough && replies.preflighted()) {
            return;
        }
        if (rules == null) {
            lastly(cluster, null);
        } else {
            count(cluster, rules);
        }
    }

    private void count(Cluster cluster, ServiceRules rules) {
        if (rate != null && rate.counts(rules)) {
            if (passes(rate)) {
                counted();
            }
        } else if (!replies.limited(rules) && !replies.exceeded(rules)) {
            lastly(cluster, rules);
        }
    }

    /** The rate's gate is settled, so that the request has a service. */
    private void counted() {
        Cluster cluster = context.cluster();
        ServiceRules rules = context.serviceRules();
        if (cluster == null || rules == null || rate == null) {
            exchange.fail(Routing.UNAVAILABLE);
        } else if (!replies.denied(rate) && !replies.exceeded(rules)) {
            lastly(cluster, rules);
        }
    }

    /** What the gateway itself decides is decided. */
    private void lastly(Cluster cluster, @Nullable ServiceRules rules) {
        if (own == null) {
            settle(context.request(), rules);
            forward(cluster, rules);
        } else {
            own.begin();
            settle(context.request(), rules);
            passOwn();
        }
    }

    /** Each filter of one's own that makes the request wait leads back here. */
    private void passOwn() {
        if (own == null || !passes(own) || replies.denied((Gate) own)) {
            return;
        }
        Cluster cluster = cluster(context.request());
        if (cluster == null) {
            exchange.fail(Routing.UNAVAILABLE);
        } else {
            forward(cluster, facts.passedThrough ? null : context.serviceRules());
        }
    }

    private @Nullable Cluster cluster(RequestHead head) {
        if (!facts.passedThrough) {
            return context.cluster();
        }
        DownstreamPeer peer = context.downstream().peer();
        OriginalDestination original = peer.original();
        return original == null
                ? listener.passthrough().cluster(head, peer.secure())
                : listener.passthrough().cluster(head, original);
    }

    private void forward(Cluster cluster, @Nullable ServiceRules rules) {
        if (!enters(cluster)) {
            return;
        }
        RouteRules route = facts.passedThrough ? null : context.routeRules();
        onward.timeouts().start(cluster.policy(), route, bare && context.conversion() == null);
        if (rules == null && route == null) {
            onward.forwarder().start(cluster, bare, null);
            return;
        }
        HeaderEdit edit = rules == null ? null : rules.request();
        if (edit != null) {
            edit.apply(context.request().lines());
        }
        onward.relay().mirror(phases.mirroring().begin(route, rules, context, bare && context.conversion() == null));
        Conversion conversion = context.conversion();
        onward.forwarder()
                .start(
                        cluster,
                        bare && conversion == null,
                        rules == null ? null : phases.filters().fault(rules, decision));
        if (bare && conversion != null && !context.over() && conversion.equals(context.conversion())) {
            onward.relay().received(Unpooled.EMPTY_BUFFER, true);
        }
    }

    /** Makes of the head what the endpoint gets. */
    private void settle(RequestHead head, @Nullable ServiceRules rules) {
        if (facts.passedThrough) {
            return;
        }
        RouteRules route = context.routeRules();
        if (!listener.traits().internal()) {
            Routing.unmask(head.lines(), route, decision.routePart(), rules);
        }
        Routing.completeHost(head, decision);
        if (link != null) {
            link.removeCarriers(decision);
        }
        phases.headers().stamp(head, decision, context.downstream().peer(), facts.original);
        ExchangeRecording recording = context.recording();
        if (recording != null) {
            recording.stamp(head.lines());
        }
        if (needsBase()) {
            phases.headers().restamp(head.lines(), context.baseLane());
        }
        Routing.shape(head, decision);
    }

    /** Whether a request without a stamp still names a lane that it may not ask for, so that listeners further in obey it. */
    private boolean needsBase() {
        return link == null ? decision.ignored() && !decision.stamped() : link.needsBase(decision);
    }

    /** Takes a place of that deployment; false if it has none, and the exchange has failed by then. */
    boolean enters(Cluster cluster) {
        boolean entered = admission.enter(cluster);
        if (!entered) {
            exchange.fail(Failure.OVERFLOW);
        }
        return entered;
    }

    /** A request's head could not be read. */
    void refused(Failure failure) {
        offence(failure);
        if (failure.status() != BAD_REQUEST) {
            replies.decideForPage();
        }
        exchange.fail(failure);
    }

    /** Counts what a client did wrong. */
    void offence(Failure failure) {
        Offence offence = Offence.of(failure.flag(), failure.status());
        if (offence != null) {
            listener.observer().listener(listener.name()).offence(offence);
        }
    }

    /** The exchange is over: its places are given back. */
    void end() {
        admission.leave();
        onward.relay().end();
    }
}
