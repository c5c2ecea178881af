package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.grpc.GrpcReply;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ListenerContext;
import io.laneway.gateway.traffic.context.ResponseEdit;
import io.laneway.gateway.traffic.edge.Location;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.router.decision.Reason;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own responses: problem documents (RFC 9457), or pages for browsers, that say what went wrong for which
 * service, lane and request. Confined to one event loop; one for each listener on it.
 */
public final class LocalReplies {

    private static final HeaderName CONTENT_LENGTH = Field.CONTENT_LENGTH.header();
    private static final HeaderName ALLOW = HeaderName.of("allow");
    private static final HeaderName LOCATION = HeaderName.of("location");
    private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;
    private static final int NOT_ALLOWED = 405;

    private final ListenerContext listener;
    private final ResponseHead head = new ResponseHead();
    private final HeaderLines trailers = new HeaderLines();
    private final Slice id = new Slice();
    private final ReplyForms forms;

    public LocalReplies(ListenerContext listener) {
        this.listener = listener;
        this.forms = new ReplyForms(listener);
    }

    /** Replies and ends the exchange. */
    public void reply(ExchangeContext context, ExchangeEnd exchange, Failure failure) {
        reply(context, exchange, failure, lines -> {});
    }

    /** Answers a preflight, with 200 (docs/decisions/0541), and ends the exchange. */
    public void preflight(ExchangeContext context, ExchangeEnd exchange, CorsPolicy cors) {
        head.clear(0);
        head.start(OK);
        head.bodyLength(0);
        cors.writePreflight(context.request(), head.lines());
        identifyForStrangers(context);
        context.facts().status = OK;
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, true);
    }

    /** Replies with the redirection that the route says, and ends the exchange. */
    public void redirect(ExchangeContext context, ExchangeEnd exchange) {
        CompiledRoute route = context.decision().route();
        RouteRules rules = RouteRules.of(route);
        if (route == null || rules == null || rules.redirect() == null) {
            throw new IllegalStateException("a route without a service and without a redirection");
        }
        String location = Location.of(rules.redirect(), route, context.request(), context.facts().original);
        redirect(context, exchange, rules.redirect().status(), location, rules.response());
    }

    /**
     * Sends a browser that followed a signed link to the same address without the link, so that it is neither shown, copied
     * nor said to other sites as {@code Referer}, and ends the exchange. The address is a whole one: a path may begin as the
     * name of another host does.
     */
    public void withoutLink(ExchangeContext context, ExchangeEnd exchange, String target) {
        OriginalRequest original = context.facts().original;
        String scheme = original.secure() ? "https://" : "http://";
        redirect(context, exchange, SEE_OTHER, scheme + original.host() + target, null);
    }

    private void redirect(
            ExchangeContext context, ExchangeEnd exchange, int status, CharSequence to, @Nullable HeaderEdit edit) {
        Downstream downstream = context.downstream();
        head.clear(0);
        head.start(status);
        head.bodyLength(0);
        head.lines().add(LOCATION, to);
        head.lines().add(CONTENT_LENGTH, 0);
        if (edit != null) {
            edit.apply(head.lines());
        }
        if (!listener.traits().internal()) {
            ResponseHeaders.settleForBrowsers(context, head);
        }
        identifyForStrangers(context);
        context.facts().status = status;
        exchange.finish();
        downstream.head(head, true);
    }

    /** Ends a response of gRPC that has begun, and the exchange. */
    public void end(ExchangeContext context, ExchangeEnd exchange, Failure failure) {
        context.facts().grpcStatus = GrpcReply.trailers(trailers, failure);
        Downstream to = context.downstream();
        exchange.finish();
        to.trailers(trailers);
    }

    /** Replies, with more header lines, and ends the exchange. */
    public void reply(ExchangeContext context, ExchangeEnd exchange, Failure failure, Consumer<HeaderLines> more) {
        if (hearsGrpc(context)) {
            call(context, exchange, failure, more);
            return;
        }
        ReplyForm form = forms.of(context, failure);
        reply(
                context,
                exchange,
                failure,
                lines -> {
                    form.describe(lines);
                    if (failure.status() == NOT_ALLOWED) {
                        lines.add(ALLOW, METHODS);
                    }
                    more.accept(lines);
                },
                form.body());
    }

    private static boolean hearsGrpc(ExchangeContext context) {
        return context.grpc().active() && context.downstream().hearsTrailers();
    }

    private void call(ExchangeContext context, ExchangeEnd exchange, Failure failure, Consumer<HeaderLines> more) {
        ExchangeFacts facts = context.facts();
        facts.flag = failure.flag();
        facts.grpcStatus = GrpcReply.head(head, failure);
        facts.status = head.status();
        more.accept(head.lines());
        addHeaders(context);
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, true);
    }

    /**
     * Replies with a body that is ready, and ends the exchange; clients of gRPC hear the failure instead.
     *
     * @param more describes the body as well
     */
    public void reply(
            ExchangeContext context, ExchangeEnd exchange, Failure failure, Consumer<HeaderLines> more, byte[] body) {
        if (hearsGrpc(context)) {
            call(context, exchange, failure, more);
            return;
        }
        ExchangeFacts facts = context.facts();
        facts.flag = failure.flag();
        head.clear(body.length);
        head.start(failure.status());
        head.bodyLength(body.length);
        HeaderLines lines = head.lines();
        more.accept(lines);
        // RFC 9110 section 8.6
        boolean bodiless = head.neverHasBody();
        if (!bodiless) {
            lines.add(CONTENT_LENGTH, body.length);
        }
        addHeaders(context);
        facts.status = failure.status();
        facts.delivered = context.request().method() == Method.HEAD ? 0 : body.length;
        ByteBuf content = Unpooled.wrappedBuffer(body);
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, bodiless);
        if (!bodiless) {
            to.data(content, true);
        }
    }

    /**
     * What every response of the gateway's own says of the decision and the request, and whether pages may read it.
     */
    private void addHeaders(ExchangeContext context) {
        ExchangeFacts facts = context.facts();
        HeaderLines lines = head.lines();
        ResponseEdit early = context.responseEdit();
        if (early != null) {
            // this is what the client gets, whatever it says
            var unused = early.apply(head);
        }
        expose(context);
        if (listener.headers().server()) {
            lines.add(Field.SERVER.header(), "laneway");
        }
        Reason reason = facts.reason();
        if (reason != null && listener.headers().decision()) {
            if (!facts.lane().isEmpty()) {
                lines.add(Field.X_LANEWAY_LANE.header(), facts.lane());
            }
            lines.addLine(ResponseHeaders.decision(reason), Field.X_LANEWAY_DECISION);
        }
        ResponseHeaders.identify(context, lines, id);
        if (facts.decided && !facts.passedThrough && !listener.traits().internal()) {
            ResponseHeaders.settleForBrowsers(context, head);
        }
    }

    /** Of responses that are no failures: strangers may quote their requests. */
    private void identifyForStrangers(ExchangeContext context) {
        if (!listener.traits().internal()) {
            ResponseHeaders.identify(context, head.lines(), id);
        }
    }

    /** By the service's policy; a request without a service has none. */
    private void expose(ExchangeContext context) {
        CorsPolicy cors = context.facts().decided ? context.cors() : null;
        if (cors != null) {
            ResponseHeaders.expose(context, cors, head.lines());
        }
    }

    /** Answers an {@code OPTIONS} that is to go no further, and ends the exchange. */
    public void options(ExchangeContext context, ExchangeEnd exchange) {
        head.clear(0);
        head.start(200);
        head.lines().add(ALLOW, METHODS);
        head.lines().add(CONTENT_LENGTH, 0);
        expose(context);
        identifyForStrangers(context);
        context.facts().status = 200;
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, true);
    }
}
