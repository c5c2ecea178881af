package io.laneway.k8s.route;

import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.object.Meta;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a route may have its hosts, which at the gateway go before those of Services: by the rules for its namespace, and
 * where there are none, unless an older Service of another namespace has one of them. A route without hosts has every host.
 * Immutable.
 */
record RouteHosts(HostRules rules, HostOwners owners) {

    /** Reason: another has the host. */
    static final String TAKEN = "HostTaken";

    /** Reason: the namespace may not claim the host. */
    static final String NOT_ALLOWED = "HostNotAllowed";

    /** The attachment as it is, or refused by one of its hosts. */
    Attachment check(RouteObject route, Attachment attached) {
        if (!attached.taken()) {
            return attached;
        }
        List<String> hosts = attached.hosts().isEmpty() ? List.of(HostRules.ANY) : attached.hosts();
        for (String one : hosts) {
            String host = one.toLowerCase(Locale.ROOT);
            if (!rules.permit(route.namespace(), host)) {
                return Attachment.refused(
                        NOT_ALLOWED, "namespace '" + route.namespace() + "' may not claim host '" + host + "'");
            }
            HostClaim owner = rules.open() ? owner(host, route) : null;
            if (owner != null) {
                String whole = host.equals(HostRules.ANY) ? owner.host() : host;
                return Attachment.refused(
                        TAKEN,
                        "host '" + whole + "' is already that of Service " + owner.key() + ", "
                                + owner.precedence(Meta.created(route.object()))
                                + (host.equals(HostRules.ANY) ? " (expected: hostnames: the route has none)" : ""));
            }
        }
        return attached;
    }

    private @Nullable HostClaim owner(String host, RouteObject route) {
        return owners.before(host, route.namespace(), Meta.key(route.object()), Meta.created(route.object()));
    }
}
