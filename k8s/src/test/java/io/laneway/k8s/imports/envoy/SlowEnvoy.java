package io.laneway.k8s.imports.envoy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Routes as Envoy does, slowly and obviously: the most specific domain, then rule after rule until one matches. Knows
 * nothing of lanes, and reads its configuration by itself.
 */
final class SlowEnvoy {

    private final List<Map<String, Object>> hosts = new ArrayList<>();

    SlowEnvoy(String yaml) {
        find(new Load(LoadSettings.builder().build()).loadFromString(yaml));
    }

    private void find(@Nullable Object node) {
        if (node instanceof Map<?, ?> map) {
            list(map.get("virtual_hosts")).forEach(one -> hosts.add(map(one)));
            map.values().forEach(this::find);
        } else if (node instanceof List<?> list) {
            list.forEach(this::find);
        }
    }

    /** The clusters with weights that a request may go to, empty for none. */
    Map<String, Integer> route(String host, String path, Map<String, String> headers, List<String[]> query) {
        Map<String, Object> virtual = host(host);
        if (virtual == null) {
            return Map.of();
        }
        for (Object one : list(virtual.get("routes"))) {
            Map<String, Object> rule = map(one);
            if (matches(map(rule.get("match")), path, headers, query)) {
                return target(map(rule.get("route")));
            }
        }
        return Map.of();
    }

    private @Nullable Map<String, Object> host(String host) {
        for (Map<String, Object> one : hosts) {
            if (list(one.get("domains")).contains(host)) {
                return one;
            }
        }
        Map<String, Object> best = null;
        int length = 0;
        for (Map<String, Object> one : hosts) {
            for (Object domain : list(one.get("domains"))) {
                String text = domain.toString();
                if (text.startsWith("*") && host.endsWith(text.substring(1)) && text.length() > length) {
                    best = one;
                    length = text.length();
                }
            }
        }
        return best;
    }

    private static boolean matches(
            Map<String, Object> match, String path, Map<String, String> headers, List<String[]> query) {
        Object whole = match.get("path_separated_prefix");
        if (match.containsKey("prefix") && !path.startsWith(match.get("prefix").toString())) {
            return false;
        }
        if (match.containsKey("path") && !path.equals(match.get("path"))) {
            return false;
        }
        if (whole != null && !path.equals(whole) && !path.startsWith(whole + "/")) {
            return false;
        }
        if (match.containsKey("safe_regex")
                && !path.matches(map(match.get("safe_regex")).get("regex").toString())) {
            return false;
        }
        for (Object one : list(match.get("headers"))) {
            if (!accepts(map(one), headers.get(map(one).get("name").toString()))) {
                return false;
            }
        }
        for (Object one : list(match.get("query_parameters"))) {
            String name = map(one).get("name").toString();
            String value = query.stream()
                    .filter(pair -> pair[0].equals(name))
                    .map(pair -> pair[1])
                    .findFirst()
                    .orElse(null);
            if (!accepts(map(one), value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean accepts(Map<String, Object> condition, @Nullable String value) {
        if (value == null) {
            return false;
        }
        if (condition.containsKey("exact_match")) {
            return value.equals(condition.get("exact_match"));
        }
        if (Boolean.TRUE.equals(condition.get("present_match"))) {
            return true;
        }
        Map<String, Object> string = map(condition.get("string_match"));
        if (string.containsKey("prefix")) {
            return value.startsWith(string.get("prefix").toString());
        }
        return string.containsKey("exact")
                ? value.equals(string.get("exact"))
                : value.matches(map(string.get("safe_regex")).get("regex").toString());
    }

    private static Map<String, Integer> target(Map<String, Object> route) {
        if (route.containsKey("cluster")) {
            return Map.of(route.get("cluster").toString(), 1);
        }
        Map<String, Integer> weights = new java.util.TreeMap<>();
        for (Object one : list(map(route.get("weighted_clusters")).get("clusters"))) {
            weights.put(map(one).get("name").toString(), (Integer) map(one).get("weight"));
        }
        return weights;
    }

    private static List<?> list(@Nullable Object node) {
        return node instanceof List<?> list ? list : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(@Nullable Object node) {
        return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
