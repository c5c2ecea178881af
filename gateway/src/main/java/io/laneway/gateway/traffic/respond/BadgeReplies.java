package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Downstream;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeEnd;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.entry.BadgePage;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.entry.SameOrigin;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's own page of the lane: shown to GET and HEAD, left by POST from the page itself. Confined to one event loop;
 * one for each listener on it.
 */
public final class BadgeReplies {

    private static final HeaderName ALLOW = HeaderName.of("allow");
    private static final HeaderName LOCATION = HeaderName.of("location");
    private static final int OK = 200;
    private static final int SEE_OTHER = 303;
    private static final int FORBIDDEN = 403;
    private static final int NOT_ALLOWED = 405;

    private final ResponseHead head = new ResponseHead();
    private final Slice id = new Slice();

    /** Whether the request was for the page, and has been replied to: the exchange is over then. */
    public boolean replied(ExchangeContext context, ExchangeEnd exchange) {
        BrowserEntry entry = context.listener().entry();
        boolean asked = entry != null && !context.facts().passedThrough && entry.isBadge(context.request());
        if (asked) {
            reply(context, exchange);
        }
        return asked;
    }

    private void reply(ExchangeContext context, ExchangeEnd exchange) {
        RequestHead request = context.request();
        switch (request.method()) {
            case GET, HEAD -> send(context, exchange, OK, BadgePage.of(shown(context)));
            case POST -> {
                boolean own = SameOrigin.is(request, context.facts().original);
                send(context, exchange, own ? SEE_OTHER : FORBIDDEN, "");
            }
            default -> send(context, exchange, NOT_ALLOWED, "");
        }
    }

    private void send(ExchangeContext context, ExchangeEnd exchange, int status, String page) {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        head.clear(0);
        head.start(status);
        head.bodyLength(body.length);
        HeaderLines lines = head.lines();
        lines.add(Field.CONTENT_TYPE.header(), "text/html; charset=utf-8");
        lines.add(Field.CONTENT_LENGTH.header(), body.length);
        BadgePage.writeFields(lines);
        if (status == NOT_ALLOWED) {
            lines.add(ALLOW, "GET, HEAD, POST");
        } else if (status == SEE_OTHER) {
            lines.add(LOCATION, BadgePage.PATH);
            leave(context, lines);
        }
        ResponseHeaders.identify(context, lines, id);
        context.facts().status = status;
        context.facts().delivered = body.length;
        Downstream to = context.downstream();
        exchange.finish();
        to.head(head, body.length == 0);
        if (body.length > 0) {
            to.data(Unpooled.wrappedBuffer(body), true);
        }
    }

    private static void leave(ExchangeContext context, HeaderLines lines) {
        CompiledTable<?, ?> table = context.decision().table();
        BrowserEntry entry = context.listener().entry();
        if (table != null && entry != null) {
            entry.leave(table.carriers(), context.facts().original, lines);
        }
    }

    private static BadgePage.Shown shown(ExchangeContext context) {
        ExchangeFacts facts = context.facts();
        Slice text = new Slice();
        String requested = facts.requestedLane();
        if (requested == null) {
            facts.requestedText(text);
            requested = text.toString();
        }
        facts.carrier(text);
        Origin origin = facts.origin();
        String carrier = origin == Origin.NONE ? "" : origin.word() + (text.length() == 0 ? "" : " " + text);
        Reason reason = facts.reason();
        return new BadgePage.Shown(
                facts.service().equals(ExchangeFacts.NO_SERVICE) ? "" : facts.service(),
                requested,
                facts.lane(),
                reason == null ? "" : reason.word(),
                carrier,
                bareHost(context));
    }

    /** Where to go to out of the lane that the request's host names; null if it was not the host. */
    private static @Nullable String bareHost(ExchangeContext context) {
        CompiledTable<?, ?> table = context.decision().table();
        boolean byHost =
                context.facts().origin() == Origin.HOST && !context.decision().namedByPage();
        return table == null || !byHost
                ? null
                : BrowserEntry.bareHost(table, context.facts().original.host());
    }
}
