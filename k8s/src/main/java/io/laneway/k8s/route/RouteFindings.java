package io.laneway.k8s.route;

import io.laneway.k8s.finding.Finding;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import io.laneway.k8s.host.HostRules;
import io.laneway.k8s.object.Meta;
import io.laneway.k8s.route.rule.Verdict;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the owners of routes and of Services should know after one reconciliation: routes that were refused, and Services
 * whose hosts an older route of another namespace has, and routes that match what an older one of another namespace does.
 * Routes are added in order, the first asked first. Confined to one thread.
 */
final class RouteFindings {

    private final HostOwners owners;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<Where, RouteObject> matches = new HashMap<>();

    RouteFindings(HostOwners owners) {
        this.owners = owners;
    }

    /** @param refusal why the table did not take the routes, null if it did */
    void add(RouteObject route, Collection<Attachment> parents, Verdict verdict, @Nullable String refusal) {
        parents.stream().filter(one -> !one.taken()).forEach(one -> refused(route, kind(one), one.message()));
        if (parents.stream().noneMatch(Attachment::taken)) {
            return;
        }
        if (!verdict.accepted()) {
            refused(route, Finding.Kind.REFUSED, verdict.unsupported());
        } else if (refusal != null) {
            refused(route, Finding.Kind.REFUSED, refusal);
        } else {
            parents.stream()
                    .filter(Attachment::taken)
                    .flatMap(one -> one.hosts().isEmpty() ? Stream.of(HostRules.ANY) : one.hosts().stream())
                    .distinct()
                    .forEach(host -> shadowed(route, host));
            verdict.routes().forEach(one -> repeated(route, one));
        }
    }

    private static Finding.Kind kind(Attachment refused) {
        return RouteHosts.TAKEN.equals(refused.reason())
                ? Finding.Kind.HOST_TAKEN
                : RouteHosts.NOT_ALLOWED.equals(refused.reason())
                        ? Finding.Kind.HOST_NOT_ALLOWED
                        : Finding.Kind.REFUSED;
    }

    private void refused(RouteObject route, Finding.Kind kind, String what) {
        findings.add(new Finding(kind, route.on(), Meta.key(route.object()), what));
    }

    private void shadowed(RouteObject route, String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        String created = Meta.created(route.object());
        for (HostClaim claim : owners.after(lower, route.namespace(), Meta.key(route.object()), created)) {
            findings.add(new Finding(
                    Finding.Kind.HOST_TAKEN,
                    claim.key(),
                    "host '" + claim.host() + "' is already that of " + route.kind() + " " + Meta.key(route.object())
                            + ", " + HostClaim.precedence(created, claim.created())
                            + " (expected: a host that no other has)"));
        }
    }

    /** Of routes that match the same of one host the first in order is asked: the others should know. */
    private void repeated(RouteObject object, Route route) {
        List<String> hosts = route.hosts().isEmpty() ? List.of(HostRules.ANY) : route.hosts();
        for (String host : hosts) {
            RouteObject first =
                    matches.putIfAbsent(new Where(host.toLowerCase(Locale.ROOT), route.path(), route.match()), object);
            if (first != null && !first.namespace().equals(object.namespace())) {
                String created = Meta.created(object.object());
                findings.add(new Finding(
                        Finding.Kind.TWO_OWNERS,
                        object.on(),
                        Meta.key(object.object()),
                        "path '" + route.path() + "' of host '" + host + "' is already that of " + first.kind() + " "
                                + Meta.key(first.object()) + ", "
                                + HostClaim.precedence(Meta.created(first.object()), created)
                                + " (expected: another host, path or match)"));
            }
        }
    }

    /** What a route matches of one host. */
    private record Where(String host, String path, RouteMatch match) {}

    List<Finding> all() {
        return findings.stream().distinct().sorted().toList();
    }
}
