package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.BackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.TLSRouteSpec;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RoutePart;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a TLSRoute ({@code gateway.networking.k8s.io/v1}): connections that listeners pass on by their server name, or of which
 * they pass on what TLS carries. Confined to one thread.
 */
public final class TlsRoutes {

    private final Backends backends;
    private final Verdict verdict;

    public TlsRoutes(Backends backends, Verdict verdict) {
        this.backends = backends;
        this.verdict = verdict;
    }

    public void read(List<HostsAt> hosts, TLSRouteSpec spec) {
        List<TLSRouteRule> rules = spec.getRules();
        for (int i = 0; i < rules.size(); i++) {
            Map<Boolean, List<RoutePart>> parts = new HashMap<>();
            String path = "rules[" + i + "]";
            List<BackendRef> refs = rules.get(i).getBackendRefs();
            for (HostsAt at : hosts) {
                verdict.add(new Route(
                        at.hosts(),
                        "/",
                        null,
                        false,
                        RouteMatch.ofTls(at.ports()),
                        RouteAction.passing(
                                parts.computeIfAbsent(at.opens(), opens -> backends.addresses(path, refs, opens)),
                                at.opens())));
            }
        }
    }
}
