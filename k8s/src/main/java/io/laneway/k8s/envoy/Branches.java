package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import io.laneway.router.text.Slug;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one virtual host for one path: where requests without a lane go, and where those of each lane go.
 * Confined to one thread.
 */
final class Branches {

    private final String path;
    private final Node first;
    private final Map<String, Node> rules = new LinkedHashMap<>();
    private final Map<String, Target> lanes = new LinkedHashMap<>();
    private @Nullable Target base;

    /** @param first the first rule, for messages about all of them */
    Branches(String path, Node first) {
        this.path = path;
        this.first = first;
    }

    /** The rule of a lane, or the first rule. */
    Node rule(String lane) {
        return rules.getOrDefault(lane, first);
    }

    /** Whether the prefix is taken off: one answer for all rules. */
    boolean stripPrefix() {
        return (base != null && base.stripPrefix()) || lanes.values().stream().anyMatch(Target::stripPrefix);
    }

    String path() {
        return path;
    }

    /** The lanes by name, in the order of their rules. */
    Map<String, Target> lanes() {
        return lanes;
    }

    @Nullable
    Target base() {
        return base;
    }

    /** Adds a rule; false after a finding if an earlier one takes all its requests, or it contradicts that. */
    boolean add(Node rule, @Nullable Marker marker, Target target, Findings findings) {
        if (base != null) {
            findings.unexpressed(
                    rule, "an earlier rule for path '" + path + "' takes all its requests", "an earlier place");
            return false;
        }
        if (!(lanes.isEmpty() || lanes.values().iterator().next().stripPrefix() == target.stripPrefix())) {
            findings.unexpressed(rule, "prefix_rewrite unlike earlier rules for path '" + path + "'", "on all or none");
            return false;
        }
        if (marker == null) {
            base = target;
            return true;
        }
        String slug = Slug.of(marker.value());
        if (slug.isEmpty()) {
            findings.unexpressed(rule, marker.place() + " with value '" + marker.value() + "'", "a lane's name");
            return false;
        }
        for (Map.Entry<String, Target> lane : lanes.entrySet()) {
            if (Slug.of(lane.getKey()).equals(slug)) {
                return same(rule, marker, lane, target, findings);
            }
        }
        lanes.put(marker.value(), target);
        rules.put(marker.value(), rule);
        return true;
    }

    private static boolean same(
            Node rule, Marker marker, Map.Entry<String, Target> lane, Target target, Findings findings) {
        if (lane.getKey().equals(marker.value()) && lane.getValue().equals(target)) {
            return true;
        }
        findings.unexpressed(
                rule,
                marker.place() + " with value '" + marker.value() + "' is lane '" + lane.getKey()
                        + "' of an earlier rule with another target",
                "one target for each lane");
        return false;
    }
}
