package io.laneway.k8s.route;

import io.laneway.k8s.discovery.Finding;
import io.laneway.k8s.discovery.Meta;
import io.laneway.k8s.host.HostClaim;
import io.laneway.k8s.host.HostOwners;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the owners of routes and of Services should know after one reconciliation: routes that were refused, and Services
 * whose hosts an older route of another namespace has. Confined to one thread.
 */
final class RouteFindings {

    private final HostOwners owners;
    private final List<Finding> findings = new ArrayList<>();

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
        } else if (verdict.resolved()) {
            parents.stream().flatMap(one -> one.hosts().stream()).distinct().forEach(host -> shadowed(route, host));
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
        for (HostClaim claim : owners.newer(lower, route.namespace(), Meta.created(route.object()))) {
            findings.add(new Finding(
                    Finding.Kind.HOST_TAKEN,
                    claim.key(),
                    "host '" + claim.host() + "' is already that of " + route.kind() + " " + Meta.key(route.object())
                            + ", which is older (expected: a host that no other has)"));
        }
    }

    List<Finding> all() {
        return findings.stream().distinct().sorted().toList();
    }
}
