package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCMethodMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.laneway.k8s.discovery.Meta;
import io.laneway.router.model.Route;
import io.laneway.router.model.ServiceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads GRPCRoutes ({@code gateway.networking.k8s.io/v1}). A gRPC method is the path {@code /service/method}, so that a
 * prefix of whole segments says exactly what a match by service, or by service and method, says. Immutable.
 */
final class GrpcRoutes {

    private final Backends backends;

    GrpcRoutes(Backends backends) {
        this.backends = backends;
    }

    Verdict read(GRPCRoute object) {
        Verdict verdict = new Verdict();
        List<GRPCRouteRule> rules = object.getSpec().getRules();
        for (int i = 0; i < rules.size(); i++) {
            rule(object, "rules[" + i + "]", rules.get(i), verdict);
        }
        return verdict;
    }

    private void rule(GRPCRoute object, String path, GRPCRouteRule rule, Verdict verdict) {
        if (!rule.getFilters().isEmpty() || rule.getSessionPersistence() != null) {
            verdict.unsupported(path, "filters or sessionPersistence (expected: none; see the policy of the service)");
        }
        ServiceId service = backends.service(
                Meta.namespace(object),
                path,
                rule.getBackendRefs().stream()
                        .map(ref -> new Backends.Ref(
                                ref.getGroup(),
                                ref.getKind(),
                                ref.getNamespace(),
                                ref.getName(),
                                ref.getWeight(),
                                !ref.getFilters().isEmpty())),
                verdict);
        List<String> prefixes = prefixes(path, rule.getMatches(), verdict);
        if (service != null) {
            prefixes.forEach(prefix -> verdict.add(new Route(object.getSpec().getHostnames(), prefix, service, false)));
        }
    }

    private static List<String> prefixes(String path, List<GRPCRouteMatch> matches, Verdict verdict) {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            GRPCRouteMatch match = matches.get(i);
            String at = path + ".matches[" + i + "]";
            if (!match.getHeaders().isEmpty()) {
                verdict.unsupported(at + ".headers", "by header (expected: a method; lanes choose by header)");
            }
            String prefix = prefix(match.getMethod());
            if (prefix == null) {
                verdict.unsupported(at + ".method", "by expression, or without a service (expected: Exact, a service)");
            } else {
                prefixes.add(prefix);
            }
        }
        return matches.isEmpty() ? List.of("/") : prefixes;
    }

    private static @Nullable String prefix(@Nullable GRPCMethodMatch method) {
        if (method == null) {
            return "/";
        }
        String type = method.getType();
        if (method.getService() == null || (type != null && !type.equals("Exact"))) {
            return null;
        }
        return "/" + method.getService() + (method.getMethod() == null ? "" : "/" + method.getMethod());
    }
}
