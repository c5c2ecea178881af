package io.laneway.xds.route;

import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.laneway.router.model.route.Rewrite;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Port;
import io.laneway.router.policy.HeaderRules;
import io.laneway.xds.words.Fractions;
import org.jspecify.annotations.Nullable;

/**
 * One of those that divide the requests of a rule. An Envoy compares one random number of a request with all fractions, so that
 * the first whose bound is above takes it. Immutable.
 *
 * @param name    the service, for what is said where it is not served
 * @param target  the service, null where it is not served, and where there is a status
 * @param port    the number of the port that is meant, whatever the request names; {@link Port#ANY} for that of the request
 * @param status  of a response of the Envoy's own, 0 for none
 * @param headers of this part alone
 * @param rewrite of this part, instead of the route's; null for that
 * @param upTo    millionths of the requests that this part and those before it take, all for the last
 */
record Part(
        String name,
        @Nullable Target target,
        int port,
        int status,
        HeaderRules headers,
        @Nullable Rewrite rewrite,
        int upTo) {

    static final int ALL = Fractions.ALL;

    static Part whole(Target target) {
        return new Part(target.service().id().toString(), target, Port.ANY, 0, HeaderRules.NONE, null, ALL);
    }

    static Part whole(String name, @Nullable Target target) {
        return new Part(name, target, Port.ANY, 0, HeaderRules.NONE, null, ALL);
    }

    static Part of(RoutePart part, @Nullable Target target, int upTo) {
        return new Part(
                String.valueOf(part.service()),
                target,
                part.port(),
                part.status() == null ? 0 : part.status(),
                part.headers(),
                part.rewrite(),
                upTo);
    }

    /** What a request must be like to fall to this part, beside those before it. */
    RouteMatch.Builder match() {
        RouteMatch.Builder match = RouteMatch.newBuilder().setPrefix("/");
        return upTo >= ALL ? match : match.setRuntimeFraction(Fractions.of(upTo));
    }
}
