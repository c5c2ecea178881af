package io.laneway.gateway.traffic.context;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.SessionCookie;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.gateway.upstream.policy.SessionRule;
import io.laneway.router.decision.Decision;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.table.LaneEntry;
import io.laneway.router.table.PortEntry;
import io.laneway.router.table.ServiceEntry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the phases of one exchange share: its request, its client's stream, the decision, and what is known of it so far.
 * Confined to one event loop; used again for exchange after exchange.
 */
public final class ExchangeContext implements FollowedExchange {

    private final ListenerContext listener;
    private final Loop loop;
    private final Decision<Cluster, ServiceRules> decision = new Decision<>();
    private final GrpcCall grpc = new GrpcCall();
    private final ExchangeFacts facts;
    private final @Nullable ExchangeTrace trace;
    private final SessionCookie cookie = new SessionCookie();
    private @Nullable SessionCookie session;
    private RequestHead request;
    private Downstream downstream;
    private @Nullable Conversion conversion;
    private @Nullable ResponseEdit responseEdit;
    private @Nullable ExchangeRecording recording;
    private boolean over = true;

    /** For exchanges of that listener, the first of which has this head and stream. */
    public ExchangeContext(ListenerContext listener, RequestHead request, Downstream downstream) {
        this.listener = listener;
        this.loop = listener.upstreams().loop();
        this.request = request;
        this.downstream = downstream;
        this.facts = new ExchangeFacts(listener.name(), decision, request);
        ExchangeTracing tracing = listener.tracing();
        this.trace = tracing == null ? null : tracing.follow(this);
        this.facts.trace = trace;
    }

    /** An exchange begins. */
    public void begin(RequestHead head, Downstream stream) {
        request = head;
        downstream = stream;
        conversion = null;
        over = false;
        session = null;
        responseEdit = null;
        recording = null;
        facts.clear(head);
        grpc.start(head.lines());
        facts.started = loop.now();
        facts.startedMillis = listener.clock().millis();
        head.cameInAt(stream.peer().port());
        listener.edge().original(head, stream.peer(), facts.original);
        if (trace != null) {
            trace.begin();
        }
    }

    /** From here on its request is what the conversion has made of it. */
    public void convert(Conversion to) {
        conversion = to;
        downstream = to;
        grpc.start(request.lines());
    }

    /** What converts its request and response, null if nothing does. */
    public @Nullable Conversion conversion() {
        return conversion;
    }

    /** The exchange is over. */
    public void end() {
        over = true;
        facts.ended = loop.now();
        if (conversion != null) {
            conversion.over();
        }
    }

    /** The listener on this event loop, and what its exchanges need from outside. */
    public ListenerContext listener() {
        return listener;
    }

    /** The event loop. */
    public Loop loop() {
        return loop;
    }

    @Override
    public Decision<Cluster, ServiceRules> decision() {
        return decision;
    }

    @Override
    public GrpcCall grpc() {
        return grpc;
    }

    @Override
    public ExchangeFacts facts() {
        return facts;
    }

    /** What follows it for its spans, null if nothing is traced. */
    public @Nullable ExchangeTrace trace() {
        return trace;
    }

    @Override
    public RequestHead request() {
        return request;
    }

    @Override
    public Downstream downstream() {
        return downstream;
    }

    /** Reads where the client's session is kept, before anything takes its cookie off. */
    public void keepSession(@Nullable ServiceRules rules) {
        SessionRule rule = rules == null ? null : rules.sessions();
        if (rule != null) {
            cookie.read(request.lines(), rule.name());
            session = cookie;
        }
    }

    /** Where the client's session is kept, null if the service keeps none. */
    public @Nullable SessionCookie session() {
        return session;
    }

    /** What the response's head is to get from phases before it, null for nothing. */
    public @Nullable ResponseEdit responseEdit() {
        return responseEdit;
    }

    /** The response's head is to get that. */
    public void responseEdit(ResponseEdit edit) {
        responseEdit = edit;
    }

    /** It is decided where the request goes: from here on it is recorded, if a recording wants it. */
    public void decided() {
        CompiledTable<?, ?> table = decision.table();
        if (table != null && table.hasRecordings()) {
            recording = listener.recorder()
                    .follow(this, !listener.traits().internal(), table.model().recordings());
        }
    }

    /** What records it, null if nothing does. */
    public @Nullable ExchangeRecording recording() {
        return recording;
    }

    /** Whether no exchange is in flight. */
    public boolean over() {
        return over;
    }

    /** Whether the request asks for a tunnel or another protocol, with its head alone. */
    public boolean switching() {
        return (request.upgrade() && request.bodyLength() == 0) || request.method() == Method.CONNECT;
    }

    /** The rules of the service decided on, null if it has none. */
    public @Nullable ServiceRules serviceRules() {
        ServiceEntry<Cluster, ServiceRules> service = decision.service();
        return service == null ? null : service.rules();
    }

    /** What the route does beside leading to a service, null for nothing. */
    public @Nullable RouteRules routeRules() {
        return RouteRules.of(decision.route());
    }

    /** What pages of other origins may do, by the route, else by the service; null where neither says. */
    public @Nullable CorsPolicy cors() {
        RouteRules route = routeRules();
        CorsPolicy byRoute = route == null ? null : route.cors();
        if (byRoute != null) {
            return byRoute;
        }
        ServiceRules rules = serviceRules();
        return rules == null ? null : rules.cors();
    }

    /** The base lane of the table that decided. */
    public LaneEntry baseLane() {
        return Objects.requireNonNull(decision.table()).base();
    }

    /** The cluster decided on, null if there is none. */
    public @Nullable Cluster cluster() {
        PortEntry<Cluster> port = decision.port();
        return port == null ? null : port.state();
    }
}
