package io.laneway.xds.route;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.route.v3.DirectResponseAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.laneway.router.decision.Reason;
import io.laneway.xds.words.HeaderEdits;

/** Responses of an Envoy's own, as routes. Stateless. */
final class Replies {

    static final String DECISION = "x-laneway-decision";

    private static final int UNAVAILABLE = 503;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;

    private Replies() {}

    /** No lane can serve. */
    static Route refused(RouteMatch.Builder match, Reason reason) {
        return reply(match, reason.word(), UNAVAILABLE, reason.word())
                .addResponseHeadersToAdd(HeaderEdits.set(DECISION, reason.word()))
                .build();
    }

    /** Only a gateway can assign the tenant. */
    static Route tenants(RouteMatch.Builder match, String shift) {
        return reply(
                        match,
                        "tenants",
                        UNAVAILABLE,
                        "tenants of shift " + shift + " are assigned by gateways of Laneway, not by xDS")
                .build();
    }

    /** The service is none of this client's. */
    static Route unserved(RouteMatch.Builder match, String service) {
        return reply(
                        match,
                        "unserved",
                        UNAVAILABLE,
                        "service " + service + " is not served to this client of xDS: see laneway lint")
                .build();
    }

    /** A call of gRPC cannot be kept until its end, so that its length is not known. */
    static Route unbounded(RouteMatch.Builder match, String service) {
        return reply(
                        match,
                        "unbounded",
                        UNAVAILABLE,
                        "calls of gRPC to service " + service + " are not served in xDS, which cannot keep its maxBody")
                .build();
    }

    /** The body is longer than the service takes. */
    static Route tooLarge(RouteMatch.Builder match) {
        return reply(match, "too-large", TOO_LARGE, "the body is larger than this service takes")
                .build();
    }

    /** Neither a route nor a service has the request. */
    static Route noRoute() {
        return reply(RouteMatch.newBuilder().setPrefix("/"), Reason.NO_ROUTE.word(), NOT_FOUND, "")
                .addResponseHeadersToAdd(HeaderEdits.set(DECISION, Reason.NO_ROUTE.word()))
                .build();
    }

    /** The table wants this status. */
    static Route.Builder status(RouteMatch.Builder match, int status) {
        return reply(match, "status-" + status, status, "");
    }

    private static Route.Builder reply(RouteMatch.Builder match, String name, int status, String text) {
        DirectResponseAction.Builder reply = DirectResponseAction.newBuilder().setStatus(status);
        if (!text.isEmpty()) {
            reply.setBody(DataSource.newBuilder().setInlineString(text));
        }
        return Route.newBuilder().setMatch(match).setName(name).setDirectResponse(reply);
    }
}
