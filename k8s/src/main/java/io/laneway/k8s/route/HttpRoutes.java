package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.laneway.k8s.discovery.Meta;
import io.laneway.k8s.route.Rule.Where;
import io.laneway.router.model.RouteMatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads HTTPRoutes ({@code gateway.networking.k8s.io/v1}). Immutable. */
final class HttpRoutes {

    private static final Where ALL = new Where("/", RouteMatch.ANY);

    private final Backends backends;

    HttpRoutes(Backends backends) {
        this.backends = backends;
    }

    Verdict read(HTTPRoute object) {
        Verdict verdict = new Verdict();
        List<HTTPRouteRule> rules = object.getSpec().getRules();
        for (int i = 0; i < rules.size(); i++) {
            String path = "rules[" + i + "]";
            rule(object, path, rules.get(i), verdict).add(object.getSpec().getHostnames(), path, verdict);
        }
        return verdict;
    }

    private Rule rule(HTTPRoute object, String path, HTTPRouteRule rule, Verdict verdict) {
        if (rule.getRetry() != null || rule.getSessionPersistence() != null) {
            verdict.unsupported(path, "retry or sessionPersistence (expected: the policy of the service)");
        }
        return new Rule(
                matches(path, rule.getMatches(), verdict),
                HttpFilters.read(path, rule.getFilters(), verdict),
                Timeouts.request(rule.getTimeouts(), path + ".timeouts", verdict),
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

    private static List<Where> matches(String path, List<HTTPRouteMatch> matches, Verdict verdict) {
        List<Where> all = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            all.add(match(path + ".matches[" + i + "]", matches.get(i), verdict));
        }
        return all.isEmpty() ? List.of(ALL) : all;
    }

    private static Where match(String at, HTTPRouteMatch match, Verdict verdict) {
        HTTPPathMatch path = match.getPath();
        String type = path == null || path.getType() == null ? "PathPrefix" : path.getType();
        boolean exact = type.equals("Exact");
        if (!exact && !type.equals("PathPrefix")) {
            verdict.unsupported(at + ".path.type", type + " (expected: Exact or PathPrefix)");
        }
        Map<String, String> headers = Matches.headers(
                at + ".headers",
                match.getHeaders().stream()
                        .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                        .toList(),
                verdict);
        Map<String, String> query = Matches.parameters(
                at + ".queryParams",
                match.getQueryParams().stream()
                        .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                        .toList(),
                verdict);
        String value = path == null ? null : path.getValue();
        return new Where(
                exact && value != null ? value : prefix(value),
                new RouteMatch(exact, match.getMethod(), headers, query));
    }

    /** {@code /api/} and {@code /api} are the same prefix to the Gateway API. */
    private static String prefix(@Nullable String value) {
        if (value == null || !value.startsWith("/")) {
            return "/";
        }
        return value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }
}
