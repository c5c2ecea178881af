package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteSpec;
import io.laneway.k8s.route.rule.Rule.Where;
import io.laneway.router.model.route.RouteExpressions;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.text.NormalPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an HTTPRoute ({@code gateway.networking.k8s.io/v1}). Confined to one thread. */
public final class HttpRoutes {

    private static final Where ALL = new Where("/", RouteMatch.ANY);

    private final Backends backends;
    private final Verdict verdict;

    public HttpRoutes(Backends backends, Verdict verdict) {
        this.backends = backends;
        this.verdict = verdict;
    }

    public void read(List<HostsAt> hosts, HTTPRouteSpec spec) {
        List<HTTPRouteRule> rules = spec.getRules();
        for (int i = 0; i < rules.size(); i++) {
            String path = "rules[" + i + "]";
            rule(path, rules.get(i)).add(hosts, path, verdict);
        }
    }

    private Rule rule(String path, HTTPRouteRule rule) {
        Rule.Filters filters = HttpFilters.read(path, rule.getFilters(), backends, verdict);
        List<HTTPBackendRef> refs = rule.getBackendRefs();
        return new Rule(
                        matches(path, rule.getMatches(), verdict),
                        filters,
                        Timeouts.read(rule.getTimeouts(), path + ".timeouts", verdict),
                        filters.redirect() != null && refs.isEmpty()
                                ? List.of()
                                : backends.parts(path, refs(path, refs), Rule.NO_BACKEND))
                .orElse(Rule.NO_BACKEND);
    }

    private List<Backends.Ref> refs(String path, List<HTTPBackendRef> refs) {
        List<Backends.Ref> all = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            HTTPBackendRef ref = refs.get(i);
            Rule.Filters own =
                    HttpFilters.ofBackend(path + ".backendRefs[" + i + "]", ref.getFilters(), backends, verdict);
            all.add(new Backends.Ref(
                    ref.getGroup(),
                    ref.getKind(),
                    ref.getNamespace(),
                    ref.getName(),
                    ref.getPort(),
                    ref.getWeight(),
                    own.headers(),
                    own.rewrite()));
        }
        return all;
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
        boolean expression = type.equals("RegularExpression");
        if (!exact && !expression && !type.equals("PathPrefix")) {
            verdict.unsupported(at + ".path.type", type + " (expected: Exact, PathPrefix or RegularExpression)");
        }
        Matches.Wanted headers = Matches.headers(
                at + ".headers",
                match.getHeaders().stream()
                        .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                        .toList(),
                verdict);
        Matches.Wanted query = Matches.parameters(
                at + ".queryParams",
                match.getQueryParams().stream()
                        .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                        .toList(),
                verdict);
        String value = path == null || expression ? null : normal(at, path.getValue(), verdict);
        String whole = path != null && expression ? path.getValue() : null;
        RouteExpressions regex = expressions(at, whole, headers.expressions(), query.expressions(), verdict);
        return new Where(
                exact && value != null ? value : prefix(value),
                new RouteMatch(exact, match.getMethod(), headers.values(), query.values(), List.of(), false, regex));
    }

    /** Expressions; what is none is noted as not supported. */
    static RouteExpressions expressions(
            String at, @Nullable String path, Map<String, String> headers, Map<String, String> query, Verdict verdict) {
        try {
            return new RouteExpressions(path, headers, query);
        } catch (IllegalArgumentException e) {
            verdict.unsupported(at, String.valueOf(e.getMessage()));
            return RouteExpressions.NONE;
        }
    }

    /** Gateways route by normal forms. */
    private static @Nullable String normal(String at, @Nullable String value, Verdict verdict) {
        if (value == null || !value.startsWith("/")) {
            return value;
        }
        String normal = NormalPath.of(value);
        if (normal == null) {
            verdict.unsupported(at + ".path.value", value + " (expected: a path that gateways do not refuse)");
        }
        return normal == null ? value : normal;
    }

    /** {@code /api/} and {@code /api} are the same prefix to the Gateway API. */
    private static String prefix(@Nullable String value) {
        if (value == null || !value.startsWith("/")) {
            return "/";
        }
        return value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }
}
