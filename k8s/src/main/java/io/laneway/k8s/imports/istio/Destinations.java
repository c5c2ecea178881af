package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.source.KubeObjects;
import io.laneway.k8s.imports.source.KubeObjects.KubeObject;
import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.document.tree.Location;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Protocol;
import io.laneway.router.policy.Balancer;
import io.laneway.router.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where VirtualServices lead: hosts with the subsets and policies of their DestinationRules. Confined to one thread. */
final class Destinations {

    private static final String PORT = "80";

    private final Map<String, KubeObject> rules = new HashMap<>();
    private final Map<String, Upstream> made = new HashMap<>();
    private final Report report;

    Destinations(KubeObjects objects, Report report) {
        this.report = report;
        for (KubeObject rule : objects.of("DestinationRule")) {
            String host = rule.spec().peek("host");
            if (host != null && rules.putIfAbsent(full(host, rule.namespace()), rule) == null) {
                rule.spec().text("host");
            }
        }
    }

    List<Upstream> made() {
        return List.copyOf(made.values());
    }

    /** A host as the cluster's DNS has it. */
    static String full(String host, String namespace) {
        return host.contains(".") || host.equals("*") ? host : host + "." + namespace + ".svc.cluster.local";
    }

    /** The upstream of a {@code destination}. */
    Upstream of(Tracked destination, String namespace) {
        String host = destination.text("host");
        if (host == null) {
            throw new Refused(destination, "a destination without a host", "host");
        }
        String full = full(host, namespace);
        String subset = destination.text("subset");
        String number = destination.text("port", "number");
        if (number == null) {
            report.assumed(destination.location(), "no port: " + PORT + " is taken");
        }
        return upstream(destination.location(), full, subset, number == null ? PORT : number);
    }

    /** The subsets of a host beside one. */
    List<String> others(String host, @Nullable String subset) {
        KubeObject rule = rules.get(host);
        List<String> others = new ArrayList<>();
        if (rule != null) {
            for (Tracked one : rule.spec().items("subsets")) {
                String name = one.peek("name");
                if (name != null && !name.equals(subset)) {
                    others.add(name);
                }
            }
        }
        return others;
    }

    Upstream upstream(Location at, String host, @Nullable String subset, String port) {
        String key = host + "|" + subset + "|" + port;
        Upstream known = made.get(key);
        if (known != null) {
            return known;
        }
        String name = host.replaceAll("\\.svc\\.cluster\\.local$", "").replaceAll("\\.default$", "");
        String first = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
        String address = subset == null ? host : first + "-" + subset + host.substring(first.length());
        Policy policy = policy(host, subset, address);
        Upstream upstream = new Upstream(
                at,
                subset == null ? name : name + "-" + subset,
                Protocol.AUTO,
                null,
                List.of(Endpoint.at(address + ":" + port)),
                policy);
        made.put(key, upstream);
        return upstream;
    }

    private Policy policy(String host, @Nullable String subset, String address) {
        PolicyDraft policy =
                PolicyDraft.plain().balancer(Balancer.LEAST_REQUEST).connect(java.time.Duration.ofSeconds(10));
        KubeObject rule = rules.get(host);
        if (rule == null) {
            return policy.policy();
        }
        Tracked traffic = rule.spec().at("trafficPolicy");
        if (traffic != null) {
            TrafficPolicy.read(traffic, policy);
        }
        for (Tracked one : rule.spec().items("subsets")) {
            if (subset != null && subset.equals(one.peek("name"))) {
                one.text("name");
                List<String> labels = new ArrayList<>();
                one.members("labels").forEach((key, value) -> labels.add(key + "=" + value.text()));
                report.assumed(
                        one.location(),
                        "the pods of subset '" + subset + "' (" + String.join(",", labels) + ") are behind " + address);
                Tracked own = one.at("trafficPolicy");
                if (own != null) {
                    TrafficPolicy.read(own, policy);
                }
            }
        }
        return policy.policy();
    }
}
