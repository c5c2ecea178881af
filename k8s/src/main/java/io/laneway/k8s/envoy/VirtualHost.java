package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One virtual host: its domains, and its rules by path. Immutable once read.
 *
 * @param hosts   the domains without ports; empty for any host
 * @param paths   the rules for each path, in the order of the first rule
 * @param markers where its rules look for a lane
 */
record VirtualHost(String name, List<String> hosts, Map<String, Branches> paths, Set<Marker> markers) {

    /** Reads a virtual host; null after findings if nothing of it can be said. */
    static @Nullable VirtualHost of(Node node, Clusters clusters, Findings findings) {
        List<String> hosts = new ArrayList<>();
        boolean any = false;
        for (Node domain : Tree.items(node, "domains")) {
            String text = Tree.text(domain);
            String host = text == null ? "" : text.replaceAll(":([0-9]+|\\*)$", "");
            if (host.equals("*")) {
                any = true;
            } else if (host.isEmpty() || (host.contains("*") && !host.matches("\\*\\.[^*]+"))) {
                findings.unexpressed(domain, "domain '" + text + "'", "a host, *.suffix or *");
            } else if (!hosts.contains(host)) {
                hosts.add(host);
            }
        }
        if (!any && hosts.isEmpty()) {
            return null;
        }
        String name = Tree.text(node, "name");
        VirtualHost made = new VirtualHost(
                name == null ? "service" : name, any ? List.of() : hosts, new LinkedHashMap<>(), new LinkedHashSet<>());
        Tree.items(node, "routes").forEach(rule -> made.add(rule, clusters, findings));
        return made;
    }

    private void add(Node rule, Clusters clusters, Findings findings) {
        Match match = Match.of(rule, findings);
        Target target = match == null ? null : Target.of(rule, match.path(), clusters, findings);
        if (match == null || target == null || shadowed(rule, match, findings)) {
            return;
        }
        Branches branches = paths.computeIfAbsent(match.path(), path -> new Branches(path, rule));
        if (branches.add(rule, match.marker(), target, findings) && match.marker() != null) {
            markers.add(match.marker());
        }
    }

    /**
     * Envoy takes the first rule that matches, a table the longest path. They agree unless a rule for a shorter path
     * comes before one for a longer path and takes requests that the table would give to the latter.
     */
    private boolean shadowed(Node rule, Match match, Findings findings) {
        for (Branches earlier : paths.values()) {
            boolean shorter = !earlier.path().equals(match.path()) && within(match.path(), earlier.path());
            if (shorter && (earlier.base() != null || !earlier.lanes().isEmpty())) {
                findings.unexpressed(
                        rule,
                        "path '" + match.path() + "' after rules for path '" + earlier.path() + "'",
                        "the rules for longer paths first");
                return true;
            }
        }
        return false;
    }

    private static boolean within(String path, String prefix) {
        return prefix.equals("/") || path.startsWith(prefix + "/");
    }
}
