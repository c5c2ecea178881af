package io.laneway.k8s.route.rule;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a route's spec that are read. Whatever else a spec says, of this version of the Gateway API or a later one,
 * is refused, so that nothing is ignored in silence. Immutable.
 */
public record KnownFields(Set<String> paths) {

    private static final List<String> BOTH = List.of(
            "parentRefs*", // each parent's own fields are looked at where the parent is ours
            "hostnames",
            "rules.name",
            "rules.matches.headers.type",
            "rules.matches.headers.name",
            "rules.matches.headers.value",
            "rules.filters.type",
            "rules.filters.requestHeaderModifier*",
            "rules.filters.responseHeaderModifier*",
            "rules.filters.requestMirror.backendRef.group",
            "rules.filters.requestMirror.backendRef.kind",
            "rules.filters.requestMirror.backendRef.namespace",
            "rules.filters.requestMirror.backendRef.name",
            "rules.filters.requestMirror.backendRef.port",
            "rules.filters.requestMirror.percent",
            "rules.filters.requestMirror.fraction.numerator",
            "rules.filters.requestMirror.fraction.denominator",
            "rules.filters.extensionRef.group",
            "rules.filters.extensionRef.kind",
            "rules.filters.extensionRef.name",
            "rules.backendRefs.group",
            "rules.backendRefs.kind",
            "rules.backendRefs.namespace",
            "rules.backendRefs.name",
            "rules.backendRefs.port",
            "rules.backendRefs.weight",
            "rules.backendRefs.filters*"); // looked at with the backend

    private static final List<String> OF_HTTP = List.of(
            "rules.matches.path.type",
            "rules.matches.path.value",
            "rules.matches.method",
            "rules.matches.queryParams.type",
            "rules.matches.queryParams.name",
            "rules.matches.queryParams.value",
            "rules.filters.requestRedirect.scheme",
            "rules.filters.requestRedirect.hostname",
            "rules.filters.requestRedirect.port",
            "rules.filters.requestRedirect.statusCode",
            "rules.filters.requestRedirect.path.type",
            "rules.filters.requestRedirect.path.replaceFullPath",
            "rules.filters.requestRedirect.path.replacePrefixMatch",
            "rules.filters.urlRewrite.hostname",
            "rules.filters.urlRewrite.path.type",
            "rules.filters.urlRewrite.path.replaceFullPath",
            "rules.filters.urlRewrite.path.replacePrefixMatch",
            "rules.filters.cors.allowOrigins",
            "rules.filters.cors.allowMethods",
            "rules.filters.cors.allowHeaders",
            "rules.filters.cors.exposeHeaders",
            "rules.filters.cors.allowCredentials",
            "rules.filters.cors.maxAge",
            "rules.filters.externalAuth*", // refused by its type
            "rules.timeouts.request",
            "rules.timeouts.backendRequest");

    private static final List<String> OF_GRPC =
            List.of("rules.matches.method.type", "rules.matches.method.service", "rules.matches.method.method");

    private static final List<String> OF_TLS = List.of(
            "parentRefs*",
            "hostnames",
            "rules.name",
            "rules.backendRefs.group",
            "rules.backendRefs.kind",
            "rules.backendRefs.namespace",
            "rules.backendRefs.name",
            "rules.backendRefs.port",
            "rules.backendRefs.weight");

    /** Those of a TLSRoute. */
    public static final KnownFields TLS = new KnownFields(Set.copyOf(OF_TLS));

    /** Those of an HTTPRoute. */
    public static final KnownFields HTTP = of(BOTH, OF_HTTP);

    /** Those of a GRPCRoute. */
    public static final KnownFields GRPC = of(BOTH, OF_GRPC);

    public KnownFields {
        paths = Set.copyOf(paths);
    }

    private static KnownFields of(List<String> some, List<String> others) {
        Set<String> paths = new java.util.HashSet<>(some);
        paths.addAll(others);
        return new KnownFields(paths);
    }

    /** Notes every field of a spec that is not among these. */
    public void check(Map<?, ?> spec, Verdict verdict) {
        check(spec, "", "", verdict);
    }

    private void check(Map<?, ?> object, String path, String at, Verdict verdict) {
        object.forEach((key, value) -> {
            String below = path.isEmpty() ? String.valueOf(key) : path + "." + key;
            String place = at.isEmpty() ? String.valueOf(key) : at + "." + key;
            if (!says(value) || paths.contains(below + "*")) {
                return;
            }
            if (value instanceof Map<?, ?> inner && leads(below)) {
                check(inner, below, place, verdict);
            } else if (value instanceof List<?> list && leads(below)) {
                for (int i = 0; i < list.size(); i++) {
                    if (list.get(i) instanceof Map<?, ?> inner) {
                        check(inner, below, place + "[" + i + "]", verdict);
                    }
                }
            } else if (!paths.contains(below)) {
                verdict.unsupported(place, "not supported (expected: none)");
            }
        });
    }

    private boolean leads(String path) {
        return paths.stream().anyMatch(known -> known.startsWith(path + "."));
    }

    private static boolean says(Object value) {
        return value != null
                && !(value instanceof Collection<?> list && list.isEmpty())
                && !(value instanceof Map<?, ?> map && map.isEmpty());
    }
}
