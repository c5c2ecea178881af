package io.laneway.k8s.imports.table;

import io.laneway.router.model.LaneTable;
import io.laneway.router.text.Slug;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which conditions of rules ask for a lane, and the lanes by their slugs. Confined to one thread.
 *
 * <p>A header or parameter names lanes if it was said to, has a name that is used for lanes, or is compared with
 * several values by rules that differ in nothing else but where they lead, or with one that is part of the name of
 * where they lead. Every other condition stays one of a route.
 */
final class LaneNames {

    private static final Set<String> USUAL = Set.of(
            "trace-branch",
            "x-mse-tag",
            "x-asm-prefer-tag",
            "x-lane-code",
            "service-lane",
            "x-lane",
            "lane",
            "n-d-version",
            "x-higress-canary",
            "dubbo.tag");

    /** What says how a client speaks, not which version of a system it wants. */
    private static final Set<String> NEVER = Set.of(
            "content-type",
            "accept",
            "accept-language",
            "accept-encoding",
            "user-agent",
            "upgrade",
            "connection",
            "host",
            "origin",
            "referer",
            "authorization",
            "x-forwarded-proto",
            "x-forwarded-for",
            "x-forwarded-host");

    private final Set<String> places = new HashSet<>();
    private final Map<String, String> bySlug = new LinkedHashMap<>();

    /** @param chosen places such as {@code header:x-env}; empty for those that the rules themselves show */
    LaneNames(Set<String> chosen, List<Map<String, Map<String, Rule>>> candidates) {
        chosen.forEach(place -> places.add(lower(place)));
        if (chosen.isEmpty()) {
            candidates.forEach(of -> of.forEach((place, rules) -> {
                if (shown(place, rules)) {
                    places.add(lower(place));
                }
            }));
        }
    }

    private static boolean shown(String place, Map<String, Rule> rules) {
        String name = place.substring(place.indexOf(':') + 1).toLowerCase(Locale.ROOT);
        if (NEVER.contains(name)) {
            return false;
        }
        return USUAL.contains(name)
                || rules.keySet().stream().map(Slug::of).distinct().count() > 1
                || rules.entrySet().stream().anyMatch(rule -> named(rule.getKey(), rule.getValue()));
    }

    private static boolean named(String value, Rule rule) {
        String slug = "-" + Slug.of(value) + "-";
        return rule.action().targets().stream()
                .anyMatch(target -> ("-" + Slug.of(target.upstream().name()) + "-").contains(slug));
    }

    boolean is(Marker marker) {
        return places.contains(lower(marker.place()));
    }

    /** Whether a value can name a lane beside the base lane. */
    boolean admits(String value) {
        String slug = Slug.of(value);
        return !slug.isEmpty() && !slug.equals(LaneTable.DEFAULT_BASE);
    }

    /** The lane of a value. */
    String of(String value) {
        return bySlug.computeIfAbsent(Slug.of(value), slug -> value);
    }

    List<String> all() {
        return List.copyOf(bySlug.values());
    }

    /** Names of headers in any case; others as they are. */
    private static String lower(String place) {
        return place.startsWith("header:") ? place.toLowerCase(Locale.ROOT) : place;
    }
}
