package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Tracked;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HTTP filters that refuse requests of some clients: those in front of a rule, unless it turns them off. Stateless. */
final class FilterGuards {

    private static final Set<String> KINDS =
            Set.of("rbac", "ext_authz", "jwt_authn", "basic_auth", "api_key_auth", "oauth2", "csrf");

    private FilterGuards() {}

    /**
     * The guards of a rule.
     *
     * @param http   the filters of its listener
     * @param places the rule, its virtual host and its configuration, the most specific first
     */
    static List<Tracked> of(List<Tracked> http, List<Tracked> places) {
        List<Tracked> guards = new ArrayList<>();
        for (Tracked filter : http) {
            Tracked config = filter.has("typed_config") ? filter.at("typed_config") : filter.at("config");
            String name = String.valueOf(filter.peek("name"));
            String kind = FilterPolicies.kind(name, config);
            if (KINDS.contains(kind)) {
                Tracked own = own(places, name, kind);
                if (own == null ? !"true".equals(filter.peek("disabled")) : !off(own)) {
                    guards.add(filter);
                }
            }
        }
        return guards;
    }

    /** The settings of a filter at the most specific place that has some. */
    private static @Nullable Tracked own(List<Tracked> places, String name, String kind) {
        for (Tracked place : places) {
            for (Map.Entry<String, Tracked> one :
                    place.members("typed_per_filter_config").entrySet()) {
                if (one.getKey().equals(name)
                        || FilterPolicies.kind(one.getKey(), one.getValue()).equals(kind)) {
                    return one.getValue();
                }
            }
        }
        return null;
    }

    /** Whether settings say that the filter does nothing here; then they are taken. */
    private static boolean off(Tracked own) {
        boolean off = own.takeIf("true", "disabled");
        if (off) {
            own.ignore("@type");
        }
        return off;
    }
}
