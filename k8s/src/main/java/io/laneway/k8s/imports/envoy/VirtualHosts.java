package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.HostSets;
import io.laneway.k8s.imports.table.PolicyDraft;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.router.policy.HeaderRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The virtual hosts of a route configuration as rules. Confined to one thread. */
final class VirtualHosts {

    private final Clusters clusters;
    private final Guards guards;
    private final Report report;
    private final FilterPolicies filters;

    VirtualHosts(Clusters clusters, Guards guards, Report report) {
        this.clusters = clusters;
        this.guards = guards;
        this.report = report;
        this.filters = new FilterPolicies(report);
    }

    /**
     * Reads a route configuration.
     *
     * @param names   the names of TLS for which it is, empty for any
     * @param http    the HTTP filters in front of it
     */
    List<RuleHost> read(Tracked configuration, List<String> names, List<Tracked> http) {
        configuration.ignore("name", "@type");
        configuration.takeIf("false", "validate_clusters");
        configuration.takeIf("true", "validate_clusters");
        List<RuleHost> hosts = new ArrayList<>();
        for (Tracked host : configuration.items("virtual_hosts")) {
            host.ignore("name");
            host.takeIf("NONE", "require_tls");
            List<String> domains = Domains.of(host, names, report);
            if (!domains.isEmpty()) {
                hosts.addAll(host(configuration, host, domains, http));
            }
        }
        return hosts;
    }

    /** One virtual host, and those that its rules make by asking for a host themselves. */
    private List<RuleHost> host(Tracked configuration, Tracked host, List<String> domains, List<Tracked> http) {
        List<Rule> common = new ArrayList<>();
        Map<String, List<Rule>> apart = new LinkedHashMap<>();
        for (Tracked rule : host.items("routes")) {
            Refused.attempt(rule, report, () -> {
                Conditions conditions = Conditions.of(rule, report);
                Rule read = rule(rule, conditions, configuration, host, http);
                if (conditions.host() == null) {
                    common.add(read);
                    apart.values().forEach(rules -> rules.add(read));
                } else {
                    apart.computeIfAbsent(conditions.host(), name -> new ArrayList<>(common))
                            .add(read);
                }
            });
        }
        List<RuleHost> hosts = new ArrayList<>();
        List<String> rest = new ArrayList<>(domains);
        apart.forEach((name, rules) -> {
            if (HostSets.covers(domains, name)) {
                rest.remove(name);
                hosts.add(new RuleHost(host.location(), List.of(name), rules, true));
            } else {
                report.notTaken(host.location(), "rules for host '" + name + "', which is not among its domains", "");
            }
        });
        if (!rest.isEmpty()) {
            hosts.add(new RuleHost(host.location(), rest.contains("*") ? List.of() : rest, common, true));
        }
        return hosts;
    }

    private Rule rule(Tracked rule, Conditions conditions, Tracked configuration, Tracked host, List<Tracked> http) {
        rule.ignore("name");
        Action refusal = guards.refusal(FilterGuards.of(http, List.of(rule, host, configuration)));
        if (refusal != null) {
            FilterPolicies.router(http);
            return new Rule(rule.location(), conditions.match(), refusal);
        }
        PolicyDraft policy = PolicyDraft.plain();
        filters.listener(http, policy);
        filters.of(configuration, policy);
        filters.of(host, policy);
        filters.of(rule, policy);
        Tracked retry = host.at("retry_policy");
        HeaderRules headers = HeaderEdits.of(List.of(rule, host, configuration));
        Action action = new Actions(clusters, report).of(rule, retry, conditions.match(), headers, policy);
        return new Rule(rule.location(), conditions.match(), action);
    }
}
