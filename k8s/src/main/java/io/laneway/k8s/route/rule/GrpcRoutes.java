package io.laneway.k8s.route.rule;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCMethodMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.GRPCRouteSpec;
import io.laneway.k8s.route.rule.Rule.Where;
import io.laneway.k8s.route.rule.Timeouts.Times;
import io.laneway.router.model.route.RouteMatch;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a GRPCRoute ({@code gateway.networking.k8s.io/v1}). A gRPC method is the path {@code /service/method}, so that a
 * prefix of whole segments says exactly what a match by service, or by service and method, says. Confined to
 * one thread.
 */
public final class GrpcRoutes {

    private static final Where ALL = new Where("/", RouteMatch.ANY);

    private final Backends backends;
    private final Verdict verdict;

    public GrpcRoutes(Backends backends, Verdict verdict) {
        this.backends = backends;
        this.verdict = verdict;
    }

    public void read(List<HostsAt> hosts, GRPCRouteSpec spec) {
        List<GRPCRouteRule> rules = spec.getRules();
        for (int i = 0; i < rules.size(); i++) {
            String path = "rules[" + i + "]";
            rule(path, rules.get(i)).add(hosts, path, verdict);
        }
    }

    private Rule rule(String path, GRPCRouteRule rule) {
        return new Rule(
                        matches(path, rule.getMatches(), verdict),
                        filters(path, rule.getFilters()),
                        new Times(null, null),
                        backends.parts(path, refs(path, rule.getBackendRefs()), Rule.NO_GRPC_BACKEND))
                .orElse(Rule.NO_GRPC_BACKEND);
    }

    private List<Backends.Ref> refs(String path, List<GRPCBackendRef> refs) {
        List<Backends.Ref> all = new ArrayList<>();
        for (int i = 0; i < refs.size(); i++) {
            GRPCBackendRef ref = refs.get(i);
            Rule.Filters own = filters(path + ".backendRefs[" + i + "]", ref.getFilters());
            if (!own.mirrors().isEmpty()) {
                verdict.unsupported(path + ".backendRefs[" + i + "].filters", "RequestMirror (expected: in the rule)");
            }
            if (own.lane() != null || !own.found()) {
                verdict.unsupported(path + ".backendRefs[" + i + "].filters", "ExtensionRef (expected: in the rule)");
            }
            all.add(new Backends.Ref(
                    ref.getGroup(),
                    ref.getKind(),
                    ref.getNamespace(),
                    ref.getName(),
                    ref.getPort(),
                    ref.getWeight(),
                    own.headers(),
                    null));
        }
        return all;
    }

    private Rule.Filters filters(String path, List<GRPCRouteFilter> filters) {
        HeaderFilters headers = new HeaderFilters();
        List<RouteMirror> mirrors = new ArrayList<>();
        LaneFilter lane = new LaneFilter(backends);
        for (int i = 0; i < filters.size(); i++) {
            GRPCRouteFilter filter = filters.get(i);
            String at = path + ".filters[" + i + "]";
            if (filter.getRequestHeaderModifier() != null) {
                headers.request(at, filter.getRequestHeaderModifier(), verdict);
            } else if (filter.getResponseHeaderModifier() != null) {
                headers.response(at, filter.getResponseHeaderModifier(), verdict);
            } else if (filter.getRequestMirror() != null) {
                RouteMirror mirror = backends.mirror(at + ".requestMirror", filter.getRequestMirror());
                if (mirror != null) {
                    mirrors.add(mirror);
                }
            } else if (filter.getExtensionRef() != null && lane.isFree()) {
                lane.take(at + ".extensionRef", filter.getExtensionRef());
            } else {
                verdict.unsupported(
                        at,
                        filter.getType()
                                + " (expected: RequestMirror, and each once RequestHeaderModifier,"
                                + " ResponseHeaderModifier or ExtensionRef)");
            }
        }
        return new Rule.Filters(
                null,
                null,
                new HeaderRules(headers.request(), headers.response()),
                mirrors,
                null,
                lane.lane(),
                lane.found());
    }

    private static List<Where> matches(String path, List<GRPCRouteMatch> matches, Verdict verdict) {
        List<Where> all = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            GRPCRouteMatch match = matches.get(i);
            String at = path + ".matches[" + i + "]";
            Matches.Wanted headers = Matches.headers(
                    at + ".headers",
                    match.getHeaders().stream()
                            .map(one -> new Matches.Named(one.getType(), one.getName(), one.getValue()))
                            .toList(),
                    verdict);
            String prefix = prefix(match.getMethod());
            String whole = prefix == null ? expression(match.getMethod()) : null;
            all.add(new Where(
                    prefix == null ? "/" : prefix,
                    new RouteMatch(
                            false,
                            null,
                            headers.values(),
                            Map.of(),
                            List.of(),
                            false,
                            HttpRoutes.expressions(at, whole, headers.expressions(), Map.of(), verdict))));
        }
        return matches.isEmpty() ? List.of(ALL) : all;
    }

    /** The path of a method that is said by expressions, or without its service. */
    private static String expression(@Nullable GRPCMethodMatch method) {
        boolean exact =
                method == null || method.getType() == null || method.getType().equals("Exact");
        return "/" + part(exact, method == null ? null : method.getService()) + "/"
                + part(exact, method == null ? null : method.getMethod());
    }

    private static String part(boolean exact, @Nullable String text) {
        return text == null ? "[^/]+" : exact ? text.replace(".", "\\.") : "(?:" + text + ")";
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
