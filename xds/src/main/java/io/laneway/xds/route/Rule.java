package io.laneway.xds.route;

import io.envoyproxy.envoy.config.route.v3.RouteMatch;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction.Redirect;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.Port;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.Access;
import io.laneway.router.policy.Cors;
import io.laneway.router.policy.HeaderRules;
import io.laneway.router.policy.HeaderRules.Edit;
import io.laneway.router.unit.Share;
import io.laneway.xds.host.PathOrder;
import io.laneway.xds.host.PathRewrites;
import io.laneway.xds.lane.PortChoice;
import io.laneway.xds.words.HeaderEdits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Requests of a service's host, or of a route of the table, and among what they are divided. Immutable.
 *
 * @param route            null for a service's host
 * @param mirrors          the services that get copies
 * @param externalBaggage whether a stamp in baggage is no carrier, so that one of an external client is removed
 */
record Rule(@Nullable Route route, List<Part> parts, List<Copies> mirrors, boolean externalBaggage) {

    private static final Comparator<PortChoice> PARTICULAR_FIRST = Comparator.comparing(
                    (PortChoice choice) -> choice.number() == Port.ANY)
            .thenComparing(choice -> !choice.grpc());

    /**
     * Where copies of a share of the requests go.
     *
     * @param to the service, which serves the lane that the request asks for
     * @param port that is meant, {@link Port#ANY} for that of the request
     */
    record Copies(Target to, int port, Share share) {}

    /** The rule of a service's host. */
    static Rule of(Target target, boolean externalBaggage) {
        return new Rule(null, List.of(Part.whole(target)), List.of(), externalBaggage);
    }

    /** The rule of a host whose service may not be served. */
    static Rule of(ServiceId service, Targets targets, boolean external, boolean externalBaggage) {
        Target target = served(targets.target(service), null, external);
        return new Rule(null, List.of(Part.whole(service.toString(), target)), List.of(), externalBaggage);
    }

    /** Requests of what is not served. */
    private static Rule unserved(String what) {
        return new Rule(null, List.of(Part.whole(what, null)), List.of(), false);
    }

    /** What requests of a route may be led to: rates are counted by virtual host, not by route. */
    private static @Nullable Target served(@Nullable Target target, @Nullable Access own, boolean external) {
        if (target == null || target.filters().counts()) {
            return null;
        }
        boolean closed = own == null ? target.closed() : !own.open();
        return external && closed ? null : target;
    }

    /** The rule of a route of the table, null if the table has no service of it. */
    static @Nullable Rule of(Route route, Targets targets, boolean external, boolean externalBaggage) {
        boolean said = PathOrder.isSaid(route);
        if (route.action().redirect() != null) {
            return said
                    ? new Rule(route, List.of(), List.of(), externalBaggage)
                    : unserved("a redirection of the table");
        }
        List<Part> parts = parts(route, targets, external);
        if (parts.isEmpty()) {
            return null;
        }
        return said
                ? new Rule(route, parts, mirrors(route, targets), externalBaggage)
                : unserved(parts.get(0).name());
    }

    private static List<Copies> mirrors(Route route, Targets targets) {
        List<Copies> mirrors = new ArrayList<>();
        for (RouteMirror mirror : route.action().mirrors()) {
            boolean own = mirror.lane() == null && targets.has(mirror.service());
            Target to = own ? targets.target(mirror.service()) : null;
            if (to != null) {
                mirrors.add(new Copies(to, mirror.port(), mirror.share()));
            }
        }
        return mirrors;
    }

    private static List<Part> parts(Route route, Targets targets, boolean external) {
        Access access = route.action().access();
        ServiceId one = route.service();
        if (one != null) {
            return targets.has(one)
                    ? List.of(Part.whole(one.toString(), served(targets.target(one), access, external)))
                    : List.of();
        }
        List<RoutePart> split = route.action().split().stream()
                .filter(part -> part.weight() > 0)
                .filter(part -> part.service() == null || targets.has(part.service()))
                .toList();
        long total = split.stream().mapToLong(RoutePart::weight).sum();
        long sum = 0;
        List<Part> parts = new ArrayList<>();
        for (RoutePart part : split) {
            sum += part.weight();
            ServiceId service = part.service();
            Target target = service == null ? null : served(targets.target(service), access, external);
            parts.add(Part.of(part, target, (int) (sum * Part.ALL / total)));
        }
        return parts;
    }

    /** The redirection, null where requests are forwarded. */
    io.envoyproxy.envoy.config.route.v3.@Nullable Route redirect() {
        Redirect redirect = route == null ? null : route.action().redirect();
        if (route == null || redirect == null) {
            return null;
        }
        HeaderEdits response = HeaderEdits.of(List.of(route.action().headers().response()));
        return io.envoyproxy.envoy.config.route.v3.Route.newBuilder()
                .setMatch(RouteMatch.newBuilder().setPrefix("/"))
                .setName("redirect")
                .setRedirect(PathRewrites.redirect(route, redirect))
                .addAllResponseHeadersToRemove(response.removed())
                .addAllResponseHeadersToAdd(response.added())
                .build();
    }

    /** By which ports its requests differ, the last one for all others. */
    List<PortChoice> choices() {
        Stream<PortChoice> all = targets().stream().flatMap(target -> target.choices().stream());
        return Stream.concat(all, Stream.of(PortChoice.ONLY))
                .distinct()
                .sorted(PARTICULAR_FIRST)
                .toList();
    }

    /** The services of its parts and copies. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        parts.stream().map(Part::target).filter(Objects::nonNull).forEach(targets::add);
        mirrors.forEach(copies -> targets.add(copies.to()));
        return targets;
    }

    /** The CORS rules of the route, null for those of the policy. */
    @Nullable
    Cors cors() {
        return route == null ? null : route.action().cors();
    }

    /** The edits of a request, in order. */
    List<Edit> request(HeaderRules part, HeaderRules policy) {
        return route == null
                ? List.of(policy.request())
                : List.of(route.action().headers().request(), part.request(), policy.request());
    }

    /** The edits of a response, in order. */
    List<Edit> response(HeaderRules part, HeaderRules policy) {
        return route == null
                ? List.of(policy.response())
                : List.of(
                        policy.response(),
                        part.response(),
                        route.action().headers().response());
    }
}
