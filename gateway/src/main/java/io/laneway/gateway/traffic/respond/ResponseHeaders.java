package io.laneway.gateway.traffic.respond;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Conversion;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.traffic.context.ExchangeContext;
import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.ResponseEdit;
import io.laneway.gateway.traffic.edge.OriginalRequest;
import io.laneway.gateway.traffic.entry.BrowserEntry;
import io.laneway.gateway.traffic.entry.LaneLocation;
import io.laneway.gateway.upstream.cluster.Cluster;
import io.laneway.gateway.upstream.cluster.SessionCookie;
import io.laneway.gateway.upstream.policy.CorsPolicy;
import io.laneway.gateway.upstream.policy.HeaderEdit;
import io.laneway.gateway.upstream.policy.RouteRules;
import io.laneway.gateway.upstream.policy.RouteRules.PartEdits;
import io.laneway.gateway.upstream.policy.ServiceRules;
import io.laneway.router.decision.Origin;
import io.laneway.router.decision.Reason;
import io.laneway.router.table.CompiledTable;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Phase 9 of an exchange: what the gateway writes on a response's head (docs/reference/headers.md). Confined to one
 * event loop.
 */
final class ResponseHeaders {

    private static final byte[][] DECISIONS = new byte[Reason.values().length][];

    static {
        for (Reason reason : Reason.values()) {
            DECISIONS[number(reason)] =
                    ("x-laneway-decision: " + reason.word() + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    /** Ids that peers within made up may be as long. */
    static final int MAX_ID = 200;

    private final ExchangeContext context;
    private final Slice id = new Slice();

    ResponseHeaders(ExchangeContext context) {
        this.context = context;
    }

    @SuppressWarnings("EnumOrdinal") // an index, nothing that lasts
    private static int number(Reason reason) {
        return reason.ordinal();
    }

    /** Changes the head as phases before want it; the failure that its client is to get instead, null for none. */
    @Nullable
    Failure edit(ResponseHead head) {
        ResponseEdit early = context.responseEdit();
        return early == null ? null : early.apply(head);
    }

    /** Settles the head of a response. */
    void settle(ResponseHead head, @Nullable Cluster cluster) {
        ExchangeFacts facts = context.facts();
        if (facts.passedThrough) {
            return;
        }
        HeaderLines lines = head.lines();
        ServiceRules rules = context.serviceRules();
        HeaderEdit edit = rules == null ? null : rules.response();
        if (edit != null) {
            edit.apply(lines);
        }
        RouteRules route = context.routeRules();
        if (route != null) {
            edit(route, context.decision().routePart(), lines);
        }
        lines.remove(Field.X_LANEWAY_LANE);
        lines.remove(Field.X_LANEWAY_DECISION);
        if (!context.listener().traits().internal()) {
            lines.remove(Field.X_LANEWAY_HOPS);
            lines.remove(Field.X_LANEWAY_ASSIGNED);
            lines.remove(Field.X_LANEWAY_OTHER);
        }
        lines.remove(Field.X_ENVOY_UPSTREAM_SERVICE_TIME);
        lines.add(
                Field.X_ENVOY_UPSTREAM_SERVICE_TIME,
                Math.max(0, TimeUnit.NANOSECONDS.toMillis(facts.responded - facts.sent)));
        SessionCookie session = context.session();
        if (session != null && session.changes() && rules != null && rules.sessions() != null) {
            SessionField.write(session, rules.sessions(), facts.original.secure(), lines);
        }
        if (context.listener().headers().decision()) {
            if (cluster != null) {
                lines.addLine(cluster.laneLine(), Field.X_LANEWAY_LANE);
            }
            lines.addLine(decision(context.decision().reason()), Field.X_LANEWAY_DECISION);
        }
        if (context.listener().headers().via()) {
            lines.add(Field.VIA.header(), "1.1 laneway");
        }
        CorsPolicy cors = context.cors();
        if (cors != null && cors.coversResponses()) {
            cors.replace(context.request(), lines);
        } else if (cors != null && context.conversion() != null) {
            expose(context, cors, lines);
        }
        if (!context.listener().traits().internal()) {
            identify(context, lines, id);
            settleForBrowsers(context, head);
        }
    }

    private static void edit(RouteRules route, int part, HeaderLines lines) {
        PartEdits own = route.part(part);
        if (own != null && own.response() != null) {
            own.response().apply(lines);
        }
        if (route.response() != null) {
            route.response().apply(lines);
        }
    }

    /** Keeps a browser in its lane, on a response of a listener that faces strangers. */
    static void settleForBrowsers(ExchangeContext context, ResponseHead head) {
        CompiledTable<?, ?> table = context.decision().table();
        if (table == null) {
            return;
        }
        OriginalRequest original = context.facts().original;
        if (context.decision().origin() == Origin.HOST) {
            LaneLocation.settle(head.status(), head.lines(), table.carriers(), original.host());
        }
        BrowserEntry entry = context.listener().entry();
        if (entry != null) {
            entry.settle(
                    context.request(),
                    table,
                    original,
                    head.lines(),
                    context.facts().link,
                    context.facts().startedMillis);
        }
    }

    /** Lets pages read a response of the gateway's own, or one that it has converted. */
    static void expose(ExchangeContext context, CorsPolicy cors, HeaderLines lines) {
        Conversion conversion = context.conversion();
        if (conversion == null) {
            cors.expose(context.request(), lines);
        } else {
            cors.expose(context.request(), lines, conversion.exposed());
        }
    }

    /** Has the client know the id of its request, unless the upstream said one. */
    static void identify(ExchangeContext context, HeaderLines lines, Slice id) {
        if (context.listener().headers().requestId() && lines.find(Field.X_REQUEST_ID, 0) < 0) {
            context.facts().requestId(id);
            if (id.length() > 0 && id.length() <= MAX_ID) {
                lines.add(Field.X_REQUEST_ID, id.array(), id.offset(), id.length());
            }
        }
    }

    /** The line with a reason. */
    static byte[] decision(Reason reason) {
        return DECISIONS[number(reason)];
    }
}
