package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCMethodMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.laneway.k8s.discovery.Meta;
import io.laneway.k8s.route.Rule.Where;
import io.laneway.router.model.RouteMatch;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads GRPCRoutes ({@code gateway.networking.k8s.io/v1}). A gRPC method is the path {@code /service/method}, so that a
 * prefix of whole segments says exactly what a match by service, or by service and method, says. Immutable.
 */
final class GrpcRoutes {

    private static final Where ALL = new Where("/", RouteMatch.ANY);

    private final Backends backends;

    GrpcRoutes(Backends backends) {
        this.backends = backends;
    }

    Verdict read(GRPCRoute object) {
        Verdict verdict = new Verdict();
        List<GRPCRouteRule> rules = object.getSpec().getRules();
        for (int i = 0; i < rules.size(); i++) {
            String path = "rules[" + i + "]";
            rule(object, path, rules.get(i), verdict).add(object.getSpec().getHostnames(), path, verdict);
        }
        return verdict;
    }

    private Rule rule(GRPCRoute object, String path, GRPCRouteRule rule, Verdict verdict) {
        if (rule.getSessionPersistence() != null) {
            verdict.unsupported(path, "sessionPersistence (expected: the policy of the service)");
        }
        return new Rule(
                matches(path, rule.getMatches(), verdict),
                new Rule.Filters(null, null, headers(path, rule.getFilters(), verdict)),
                null,
                backends.parts(
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
                        verdict));
    }

    private static HeaderRules headers(String path, List<GRPCRouteFilter> filters, Verdict verdict) {
        HeaderFilters headers = new HeaderFilters();
        for (int i = 0; i < filters.size(); i++) {
            GRPCRouteFilter filter = filters.get(i);
            String at = path + ".filters[" + i + "]";
            if (filter.getRequestHeaderModifier() != null) {
                headers.request(at, filter.getRequestHeaderModifier(), verdict);
            } else if (filter.getResponseHeaderModifier() != null) {
                headers.response(at, filter.getResponseHeaderModifier(), verdict);
            } else {
                verdict.unsupported(
                        at, filter.getType() + " (expected: RequestHeaderModifier or ResponseHeaderModifier)");
            }
        }
        return new HeaderRules(headers.request(), headers.response());
    }

    private static List<Where> matches(String path, List<GRPCRouteMatch> matches, Verdict verdict) {
        List<Where> all = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            GRPCRouteMatch match = matches.get(i);
            String at = path + ".matches[" + i + "]";
            Map<String, String> headers = Matches.headers(
                    at + ".headers",
                    match.getHeaders().stream()
                            .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                            .toList(),
                    verdict);
            String prefix = prefix(match.getMethod());
            if (prefix == null) {
                verdict.unsupported(at + ".method", "by expression, or without a service (expected: Exact, a service)");
            } else {
                all.add(new Where(prefix, new RouteMatch(false, null, headers, Map.of())));
            }
        }
        return matches.isEmpty() ? List.of(ALL) : all;
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
