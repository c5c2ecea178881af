package io.laneway.k8s.envoy;

import io.laneway.router.document.tree.Node;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a rule sends requests. Immutable.
 *
 * @param clusters    the clusters with their weights
 * @param protocol    what they speak
 * @param endpoints   all their endpoints, weighted so that each cluster gets its share
 * @param stripPrefix whether the rule's prefix is taken off
 */
record Target(Map<String, Integer> clusters, Protocol protocol, List<Endpoint> endpoints, boolean stripPrefix) {

    private static final Set<String> KNOWN = Set.of("cluster", "weighted_clusters", "prefix_rewrite", "timeout");
    private static final Set<String> KNOWN_RULE =
            Set.of("match", "route", "name", "metadata", "decorator", "stat_prefix");
    private static final int MAX_WEIGHT = 1_000_000;

    Target {
        clusters = Map.copyOf(clusters);
        endpoints = List.copyOf(endpoints);
    }

    /** The deployment of this target in a lane. */
    Deployment in(String lane) {
        return Deployment.of(lane, protocol, endpoints);
    }

    /** Reads a rule's {@code route}; null after a finding if a table cannot say it. */
    static @Nullable Target of(Node rule, String path, Clusters clusters, Findings findings) {
        Node route = Tree.at(rule, "route");
        Map<String, Integer> names = names(route);
        if (route == null || names.isEmpty()) {
            Set<String> how = Tree.keysBut(route == null ? rule : route, Set.of("match", "name", "timeout"));
            findings.unexpressed(
                    rule, "action " + String.join(", ", how), "route to a cluster or to weighted_clusters");
            return null;
        }
        String rewrite = Tree.text(route, "prefix_rewrite");
        if (rewrite != null && !rewrite.equals("/") && !rewrite.equals(path)) {
            findings.unexpressed(rule, "prefix_rewrite '" + rewrite + "'", "'/', which takes the prefix off");
            return null;
        }
        Set<String> lost = Tree.keysBut(route, KNOWN);
        lost.addAll(Tree.keysBut(rule, KNOWN_RULE));
        String timeout = Tree.text(route, "timeout");
        if (timeout != null && !timeout.equals("15s")) {
            lost.add("timeout " + timeout);
        }
        if (!lost.isEmpty()) {
            findings.difference(rule, String.join(", ", lost) + " left out", "the policy of a service");
        }
        boolean strip = rewrite != null && path.length() > 1 && rewrite.equals("/");
        return resolve(rule, names, clusters, strip, findings);
    }

    private static Map<String, Integer> names(@Nullable Node route) {
        Map<String, Integer> names = new LinkedHashMap<>();
        String one = Tree.text(route, "cluster");
        if (one != null) {
            names.put(one, 1);
        }
        for (Node weighted : Tree.items(route, "weighted_clusters", "clusters")) {
            String name = Tree.text(weighted, "name");
            int weight = Tree.number(weighted, 0, "weight");
            if (name != null && weight > 0) {
                names.merge(name, weight, Integer::sum);
            }
        }
        return names;
    }

    private static @Nullable Target resolve(
            Node rule, Map<String, Integer> names, Clusters clusters, boolean strip, Findings findings) {
        BigInteger common = BigInteger.ONE;
        Protocol protocol = null;
        for (String name : names.keySet()) {
            Clusters.Cluster cluster = clusters.get(name);
            if (cluster == null) {
                findings.unexpressed(rule, "cluster '" + name + "' without endpoints here", "its load_assignment");
                return null;
            }
            if (protocol != null && protocol != cluster.protocol()) {
                findings.unexpressed(rule, "weighted clusters of two protocols", "one protocol in a deployment");
                return null;
            }
            protocol = cluster.protocol();
            BigInteger total = total(cluster);
            common = common.multiply(total).divide(common.gcd(total));
        }
        List<Endpoint> endpoints = weighted(names, clusters, common);
        if (endpoints == null || protocol == null) {
            findings.unexpressed(rule, "weights without a small common measure", "at most " + MAX_WEIGHT);
            return null;
        }
        return new Target(names, protocol, endpoints, strip);
    }

    private static BigInteger total(Clusters.Cluster cluster) {
        return BigInteger.valueOf(Math.max(
                1, cluster.endpoints().stream().mapToLong(Endpoint::weight).sum()));
    }

    /** Each endpoint's weight times its cluster's share, in whole numbers; null if they grow too large. */
    private static @Nullable List<Endpoint> weighted(Map<String, Integer> names, Clusters clusters, BigInteger common) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Map.Entry<String, Integer> name : names.entrySet()) {
            Clusters.Cluster cluster = clusters.get(name.getKey());
            if (cluster == null) {
                return null;
            }
            BigInteger share = names.size() == 1
                    ? BigInteger.ONE
                    : common.divide(total(cluster)).multiply(BigInteger.valueOf(name.getValue()));
            for (Endpoint one : cluster.endpoints()) {
                BigInteger weight = share.multiply(BigInteger.valueOf(one.weight()));
                if (weight.compareTo(BigInteger.valueOf(MAX_WEIGHT)) > 0) {
                    return null;
                }
                endpoints.add(new Endpoint(one.address(), weight.intValue(), one.zone(), true, false));
            }
        }
        return endpoints;
    }
}
