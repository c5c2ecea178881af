package io.laneway.k8s.imports.istio;

import io.laneway.k8s.imports.source.KubeObjects;
import io.laneway.k8s.imports.source.KubeObjects.KubeObject;
import io.laneway.k8s.imports.source.Refused;
import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.SourceFile;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.Action;
import io.laneway.k8s.imports.table.Guards;
import io.laneway.k8s.imports.table.HostSets;
import io.laneway.k8s.imports.table.Imported;
import io.laneway.k8s.imports.table.Intent;
import io.laneway.k8s.imports.table.Marker;
import io.laneway.k8s.imports.table.Match;
import io.laneway.k8s.imports.table.Rule;
import io.laneway.k8s.imports.table.RuleHost;
import io.laneway.k8s.imports.table.RuleTable;
import io.laneway.k8s.imports.table.Upstream;
import io.laneway.router.document.tree.Location;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.LaneTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Istio's VirtualServices with their DestinationRules and Gateways. The subsets of a host that all other requests go
 * to become lanes, asked for by {@code trace-branch}; so do rules that differ by a value and by their subset alone. Pure.
 */
public final class IstioImport {

    private final Destinations destinations;
    private final Gateways gateways;
    private final Guards guards;
    private final List<Tracked> policies;
    private final Report report;

    private IstioImport(KubeObjects objects, Intent intent, Report report) {
        this.guards = new Guards(intent, report);
        this.policies =
                objects.of("AuthorizationPolicy").stream().map(KubeObject::node).toList();
        this.destinations = new Destinations(objects, report);
        this.gateways = new Gateways(objects, report);
        this.report = report;
    }

    /** Imports the objects of files; null after problems if they are no documents or have no VirtualService. */
    public static @Nullable Imported read(List<SourceFile> files, Intent intent, Problems problems) {
        KubeObjects objects = KubeObjects.of(files, problems);
        List<KubeObject> services = problems.isEmpty() ? objects.of("VirtualService") : List.of();
        if (problems.isEmpty() && services.isEmpty()) {
            problems.add(Location.root(files.get(0).name(), 1), "no VirtualService", "objects of kind VirtualService");
        }
        if (!problems.isEmpty()) {
            return null;
        }
        Report report = new Report();
        IstioImport istio = new IstioImport(objects, intent, report);
        List<RuleHost> hosts = new ArrayList<>();
        services.forEach(service -> istio.add(service, hosts));
        report.assumed(
                objects.location(),
                "pathNormalization of the mesh is not in these objects: MERGE_SLASHES and DECODE_AND_MERGE_SLASHES are"
                        + " paths.mergeSlashes: true and paths.encodedSlashes: decode of a listener in laneway.yaml");
        List<Upstream> read = istio.destinations.made();
        LaneTable table = RuleTable.of(hosts, read, intent.carriers(), objects.location(), report);
        objects.reportRest(report);
        return Imported.of(table, report);
    }

    private void add(KubeObject service, List<RuleHost> into) {
        List<Rule> rules = new ArrayList<>();
        for (Tracked http : service.spec().items("http")) {
            http.ignore("name");
            List<Tracked> matches = http.items("match");
            if (matches.isEmpty()) {
                rule(http, null, service, rules);
            }
            matches.forEach(match -> rule(http, match, service, rules));
        }
        Set<String> hosts = hosts(service);
        if (hosts.isEmpty() || rules.isEmpty()) {
            return;
        }
        List<String> names = hosts.contains("*") ? List.of() : List.copyOf(hosts);
        into.add(new RuleHost(service.node().location(), names, rules, true));
    }

    private void rule(Tracked http, @Nullable Tracked match, KubeObject service, List<Rule> into) {
        Tracked at = match == null ? http : match;
        Refused.attempt(at, report, () -> {
            Match made = HttpMatch.of(match, report);
            Action refusal = guards.refusal(policies);
            Action action = refusal == null
                    ? new HttpAction(destinations, service.namespace(), report).of(http, made)
                    : refusal;
            Rule rule = new Rule(at.location(), made, action);
            if (made.equals(Match.prefix("/")) && action.targets().size() == 1) {
                subsets(http, service, rule, into);
            }
            into.add(rule);
        });
    }

    /** The other subsets of a host as lanes, which nothing leads to but the name of a lane. */
    private void subsets(Tracked http, KubeObject service, Rule rule, List<Rule> into) {
        Tracked destination = http.items("route").get(0).at("destination");
        String host = destination == null ? null : destination.peek("host");
        if (destination == null || host == null) {
            return;
        }
        String full = Destinations.full(host, service.namespace());
        String port = destination.peek("port", "number");
        for (String subset : destinations.others(full, destination.peek("subset"))) {
            boolean asked =
                    into.stream().anyMatch(earlier -> earlier.match().headers().containsValue(subset));
            if (asked) {
                continue;
            }
            Marker marker = new Marker(Marker.Kind.HEADER, Carriers.MARKER, subset);
            Upstream upstream = destinations.upstream(rule.at(), full, subset, port == null ? "80" : port);
            into.add(new Rule(
                    rule.at(), rule.match().with(marker), rule.action().to(List.of(new Action.Target(upstream, 1)))));
        }
    }

    private Set<String> hosts(KubeObject service) {
        List<String> within = new ArrayList<>();
        boolean open = service.spec().items("gateways").isEmpty();
        for (Tracked gateway : service.spec().items("gateways")) {
            String name = String.valueOf(gateway.text());
            if (!name.equals("mesh") && !gateways.has(name, service.namespace())) {
                report.assumed(gateway.location(), "gateway '" + name + "' is not here: any host");
            }
            List<String> names = name.equals("mesh") ? List.of() : gateways.hosts(name, service.namespace());
            open |= names.isEmpty();
            within.addAll(names);
        }
        Set<String> hosts = new LinkedHashSet<>();
        for (Tracked host : service.spec().items("hosts")) {
            String name = String.valueOf(host.text());
            List<String> shared = open ? List.of(name) : HostSets.within(name, within);
            if (shared.isEmpty()) {
                report.notTaken(host.location(), "host '" + name + "' is none of its gateways'", "a host of a Gateway");
            }
            shared.forEach(one -> forms(one, service.namespace(), hosts));
        }
        return hosts;
    }

    /** A short name is also written with its namespace. */
    private static void forms(String host, String namespace, Set<String> into) {
        String full = Destinations.full(host, namespace);
        into.add(host);
        if (full.endsWith(".svc.cluster.local")) {
            String bare = full.replaceAll("\\.svc\\.cluster\\.local$", "");
            into.addAll(List.of(bare, bare + ".svc", full));
        }
    }
}
