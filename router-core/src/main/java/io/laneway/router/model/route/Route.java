package io.laneway.router.model.route;

import io.laneway.router.model.service.ServiceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests of some hosts below a path to a service. Within the most specific host the exact path wins, then the
 * longest whole-segment prefix, then the most particular match; the first wins ties. Immutable.
 *
 * @param hosts       exact hosts or patterns; empty means any host
 * @param path        prefix of whole segments, or the whole path if the match says so; starts with {@code /}
 * @param service     null where the action divides requests among services, or redirects them
 * @param stripPrefix take {@code path} off before forwarding
 * @param match       what else a request must be like
 * @param action      what else is done with it
 */
public record Route(
        List<String> hosts,
        String path,
        @Nullable ServiceId service,
        boolean stripPrefix,
        RouteMatch match,
        RouteAction action) {

    /** A plain route: every request below the path, forwarded. */
    public Route(List<String> hosts, String path, ServiceId service, boolean stripPrefix) {
        this(hosts, path, service, stripPrefix, RouteMatch.ANY, RouteAction.FORWARD);
    }

    public Route {
        hosts = List.copyOf(hosts);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("path: " + path + " (expected: to start with '/')");
        }
        Objects.requireNonNull(match, "match");
        Objects.requireNonNull(action, "action");
        int ends = (service == null ? 0 : 1) + (action.split().isEmpty() ? 0 : 1) + (action.redirect() == null ? 0 : 1);
        if (ends != 1) {
            throw new IllegalArgumentException(
                    "service: " + ends + " of service, services and redirect (expected: exactly one of them)");
        }
        boolean rewritten = action.rewrite() != null && action.rewrite().changesPath();
        if (stripPrefix && (rewritten || match.exact())) {
            throw new IllegalArgumentException(
                    "stripPrefix: true beside a rewrite of the path, or an exact path (expected: a prefix alone)");
        }
        if (match.exact() && action.replacesPrefix()) {
            throw new IllegalArgumentException("match: exact, beside a new prefix (expected: a new path)");
        }
    }

    /** Every service that it may lead to, with the one that gets copies. */
    public List<ServiceId> services() {
        List<ServiceId> all = new ArrayList<>();
        if (service != null) {
            all.add(service);
        }
        for (RoutePart part : action.split()) {
            if (part.service() != null) {
                all.add(part.service());
            }
        }
        if (action.mirror() != null) {
            all.add(action.mirror().service());
        }
        return all;
    }

    /** The same route, its services under other names. */
    public Route renamed(UnaryOperator<ServiceId> names) {
        return new Route(
                hosts, path, service == null ? null : names.apply(service), stripPrefix, match, action.renamed(names));
    }
}
