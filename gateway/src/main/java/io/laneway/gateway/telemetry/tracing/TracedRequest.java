package io.laneway.gateway.telemetry.tracing;

import io.laneway.gateway.traffic.context.ExchangeFacts;
import io.laneway.gateway.traffic.context.FollowedExchange;
import io.laneway.router.decision.Reason;
import io.laneway.router.route.CompiledRoute;
import io.laneway.router.text.Slice;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * What spans say of a request, copied from its head and decision. Immutable.
 *
 * @param target    as the client sent it
 * @param forwarded the target as endpoints get it
 * @param host      that the client asked, maybe with a port
 * @param client    the address that the request comes from
 * @param peer      the address of its connection
 * @param protocol  the protocol's word, such as {@code HTTP/2}
 * @param route     the path of the table's route, null without one
 * @param grpc      whether it is a call of gRPC
 * @param requested the lane that was asked for or assigned, empty if none
 * @param served    the lane that served, empty if none
 * @param reason    null where no decision was made
 * @param revision  of the table
 */
public record TracedRequest(
        String method,
        String target,
        String forwarded,
        boolean secure,
        String host,
        String userAgent,
        String client,
        SocketAddress peer,
        String protocol,
        @Nullable String route,
        boolean grpc,
        String service,
        String requested,
        String served,
        @Nullable Reason reason,
        long revision) {

    static TracedRequest of(FollowedExchange exchange, Slice slice) {
        ExchangeFacts facts = exchange.facts();
        facts.method(slice);
        String method = slice.toString();
        facts.path(slice);
        String target = slice.toString();
        exchange.request().target(slice);
        String forwarded = slice.toString();
        facts.authority(slice);
        String host = slice.toString();
        facts.userAgent(slice);
        String userAgent = slice.toString();
        facts.source(slice);
        return new TracedRequest(
                method,
                target,
                forwarded.equals(target) ? target : forwarded,
                facts.original.secure(),
                host,
                userAgent,
                slice.toString(),
                exchange.downstream().peer().remote(),
                facts.protocol(),
                route(exchange),
                exchange.grpc().active(),
                facts.service(),
                requested(facts, slice),
                facts.lane(),
                facts.reason(),
                facts.tableRevision());
    }

    private static @Nullable String route(FollowedExchange exchange) {
        ExchangeFacts facts = exchange.facts();
        CompiledRoute route =
                facts.decided && !facts.passedThrough ? exchange.decision().route() : null;
        return route == null ? null : route.route().path();
    }

    private static String requested(ExchangeFacts facts, Slice slice) {
        String name = facts.requestedLane();
        if (name == null) {
            facts.requestedText(slice);
            return slice.toString();
        }
        return name;
    }
}
