package io.laneway.k8s.route;

import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPPathModifier;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteFilter;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.laneway.k8s.discovery.Meta;
import io.laneway.router.model.Route;
import io.laneway.router.model.ServiceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads HTTPRoutes ({@code gateway.networking.k8s.io/v1}). Immutable. */
final class HttpRoutes {

    private final Backends backends;

    HttpRoutes(Backends backends) {
        this.backends = backends;
    }

    Verdict read(HTTPRoute object) {
        Verdict verdict = new Verdict();
        List<HTTPRouteRule> rules = object.getSpec().getRules();
        for (int i = 0; i < rules.size(); i++) {
            rule(object, "rules[" + i + "]", rules.get(i), verdict);
        }
        return verdict;
    }

    private void rule(HTTPRoute object, String path, HTTPRouteRule rule, Verdict verdict) {
        if (rule.getTimeouts() != null) {
            verdict.unsupported(path + ".timeouts", "per route (expected: the policy of the service)");
        }
        if (rule.getRetry() != null || rule.getSessionPersistence() != null) {
            verdict.unsupported(path, "retry or sessionPersistence (expected: the policy of the service)");
        }
        boolean strip = strips(path, rule.getFilters(), verdict);
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
            prefixes.forEach(prefix -> verdict.add(new Route(object.getSpec().getHostnames(), prefix, service, strip)));
        }
    }

    private static List<String> prefixes(String path, List<HTTPRouteMatch> matches, Verdict verdict) {
        List<String> prefixes = new ArrayList<>();
        for (int i = 0; i < matches.size(); i++) {
            HTTPRouteMatch match = matches.get(i);
            String at = path + ".matches[" + i + "]";
            if (!match.getHeaders().isEmpty() || !match.getQueryParams().isEmpty() || match.getMethod() != null) {
                verdict.unsupported(at, "headers, queryParams or method (expected: a path; lanes choose by header)");
            }
            String type = match.getPath() == null ? null : match.getPath().getType();
            if (type != null && !type.equals("PathPrefix")) {
                verdict.unsupported(at + ".path.type", type + " (expected: PathPrefix)");
            }
            String value = match.getPath() == null ? null : match.getPath().getValue();
            prefixes.add(prefix(value));
        }
        return prefixes.isEmpty() ? List.of("/") : prefixes;
    }

    /** {@code /api/} and {@code /api} are the same prefix to the Gateway API. */
    private static String prefix(@Nullable String value) {
        if (value == null || !value.startsWith("/")) {
            return "/";
        }
        return value.length() > 1 && value.endsWith("/") ? value.substring(0, value.length() - 1) : value;
    }

    private static boolean strips(String path, List<HTTPRouteFilter> filters, Verdict verdict) {
        boolean strips = false;
        for (int i = 0; i < filters.size(); i++) {
            HTTPRouteFilter filter = filters.get(i);
            HTTPPathModifier modifier = filter.getUrlRewrite() == null
                    ? null
                    : filter.getUrlRewrite().getPath();
            if (modifier != null
                    && "ReplacePrefixMatch".equals(modifier.getType())
                    && "/".equals(modifier.getReplacePrefixMatch())
                    && filter.getUrlRewrite().getHostname() == null) {
                strips = true;
            } else {
                verdict.unsupported(
                        path + ".filters[" + i + "]",
                        filter.getType() + " (expected: URLRewrite with ReplacePrefixMatch '/' alone)");
            }
        }
        return strips;
    }
}
