package io.laneway.router.model.route;

import io.laneway.router.model.service.ServiceId;
import io.laneway.router.policy.HeaderRules;
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
 * @param service     null where the action divides requests among services, or redirects them; with {@code match.tls} it
 *                    may lead nowhere, so that TLS of these hosts ends at the gateway
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
        if (ends != 1 && !(match.tls() && ends == 0)) {
            throw new IllegalArgumentException(
                    "service: " + ends + " of service, services and redirect (expected: exactly one of them)");
        }
        requireTls(path, service, stripPrefix, match, action);
        if (stripPrefix && (action.changesPath() || match.exact())) {
            throw new IllegalArgumentException(
                    "stripPrefix: true beside a rewrite of the path, or an exact path (expected: a prefix alone)");
        }
        if (match.exact() && action.replacesPrefix()) {
            throw new IllegalArgumentException("match: exact, beside a new prefix (expected: a new path)");
        }
        if (match.regex().path() != null && (!path.equals("/") || stripPrefix || action.replacesPrefix())) {
            throw new IllegalArgumentException(
                    "match: regex.path, beside a path or a new prefix (expected: path / and no new prefix)");
        }
    }

    /** Connections have no path, and nothing of theirs can be changed; only they are passed on to addresses. */
    private static void requireTls(
            String path, @Nullable ServiceId service, boolean stripPrefix, RouteMatch match, RouteAction action) {
        if (match.tls()) {
            boolean plain = (RouteAction.passing(action.split(), action.terminate())
                                    .equals(action)
                            || RouteAction.ending(action.clients()).equals(action))
                    && action.split().stream()
                            .allMatch(part -> part.headers().equals(HeaderRules.NONE) && part.rewrite() == null);
            if (action.clients() != null && service != null) {
                throw new IllegalArgumentException("clients: beside a service (expected: TLS that ends here)");
            }
            if (action.terminate() && service == null && action.split().isEmpty()) {
                throw new IllegalArgumentException("terminate: without a service (expected: where the content goes)");
            }
            if (!action.terminate() && action.split().stream().anyMatch(part -> part.tls() != null)) {
                throw new IllegalArgumentException("services: tls without terminate (expected: none)");
            }
            if (!path.equals("/") || stripPrefix || !plain) {
                throw new IllegalArgumentException("match: tls beside more than hosts, ports and services"
                        + " (expected: path / and no other change)");
            }
        } else if (action.clients() != null) {
            throw new IllegalArgumentException("clients: without match.tls (expected: none)");
        } else if (action.terminate()) {
            throw new IllegalArgumentException("terminate: without match.tls (expected: none)");
        } else if (action.split().stream().anyMatch(part -> part.address() != null)) {
            throw new IllegalArgumentException("services: address without match.tls (expected: service)");
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
        action.mirrors().forEach(mirror -> all.add(mirror.service()));
        return all;
    }

    /** The same route, its services under other names. */
    public Route renamed(UnaryOperator<ServiceId> names) {
        return new Route(
                hosts, path, service == null ? null : names.apply(service), stripPrefix, match, action.renamed(names));
    }
}
