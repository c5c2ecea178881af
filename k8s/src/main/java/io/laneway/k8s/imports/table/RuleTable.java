package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Location;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.route.Route;
import io.laneway.router.model.route.RouteAction;
import io.laneway.router.model.route.RouteMirror;
import io.laneway.router.model.route.RoutePart;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.NormalPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts the rules of hosts together into a lane table. Confined to one thread; use once. */
public final class RuleTable {

    private final Report report;
    private final ServiceMaker services;
    private final Set<Marker> markers = new LinkedHashSet<>();
    private final List<Route> routes = new ArrayList<>();

    private RuleTable(Report report) {
        this.report = report;
        this.services = new ServiceMaker(report);
    }

    /**
     * The table of these rules.
     *
     * @param read     every upstream that was read, so that those without a rule are named
     * @param carriers where lanes are asked for, such as {@code header:x-env}; empty for what the rules show themselves
     */
    public static LaneTable of(
            List<RuleHost> hosts, Collection<Upstream> read, Set<String> carriers, Location root, Report report) {
        RuleTable table = new RuleTable(report);
        List<RuleHost> apart = HostOwners.apart(hosts, report);
        List<java.util.Map<String, java.util.Map<String, Rule>>> candidates = new ArrayList<>();
        LaneNames none = new LaneNames(Set.of("none:"), List.of());
        apart.forEach(host -> candidates.add(new LaneRules(host.rules(), none).candidates()));
        LaneNames names = new LaneNames(carriers, candidates);
        apart.forEach(host -> table.add(host, names));
        table.services.unused(read);
        List<Lane> lanes = names.all().stream().map(Lane::named).toList();
        return new LaneTable(
                0,
                LaneTable.DEFAULT_BASE,
                table.carriers(root),
                lanes,
                table.services.services(),
                table.routes,
                List.of());
    }

    private void add(RuleHost host, LaneNames names) {
        LaneRules rules = new LaneRules(host.rules(), names);
        List<Entry> entries = new ArrayList<>();
        for (Entry entry : rules.entries(report)) {
            if (entry.match().cookies().isEmpty()) {
                entries.add(entry);
            } else {
                report.notTaken(entry.at(), "asks for a cookie", "a cookie that names a lane");
            }
        }
        markers.addAll(rules.used());
        FirstMatch.arranged(entries, report).forEach(entry -> route(host, entry));
    }

    private void route(RuleHost host, Entry entry) {
        Action action = entry.action();
        if (entry.match().regex() != null && action.replacesPrefix()) {
            report.notTaken(entry.at(), "a new prefix for a path by an expression", "a prefix, or a whole new path");
            return;
        }
        if (entry.match().path().matches("(?s).*[\\x00- ?#\\x7f].*")
                || NormalPath.of(entry.match().path()) == null) {
            report.notTaken(
                    entry.at(),
                    "path '" + entry.match().path().replaceAll("\\p{Cntrl}", "?") + "', which no request has",
                    "a path without query, fragment or white space");
            return;
        }
        boolean divided = action.targets().size() > 1 && entry.lanes().isEmpty();
        ServiceId service = null;
        List<RoutePart> parts = new ArrayList<>();
        if (divided) {
            for (Action.Target target : action.targets()) {
                parts.add(new RoutePart(services.one(target.upstream(), action.policy()), target.weight()));
            }
        } else if (action.status() != null) {
            parts.add(RoutePart.response(action.status(), 1));
        } else if (action.redirect() == null) {
            service = services.of(entry);
            if (service == null) {
                return;
            }
        }
        RouteAction does = new RouteAction(
                parts,
                action.redirect(),
                action.rewrite(),
                action.headers(),
                action.timeout(),
                action.perTry(),
                mirrors(action.mirror()),
                action.access(),
                null);
        Match match = entry.match();
        routes.add(new Route(
                host.hosts(), match.path(), service, false, match.inTable().at(host.ports()), does));
    }

    private List<RouteMirror> mirrors(Action.@Nullable Copies copies) {
        return copies == null
                ? List.of()
                : List.of(new RouteMirror(
                        services.one(copies.upstream(), PolicyDraft.plain().policy()), null, 0, copies.share()));
    }

    /** Only where the rules looked: a request that no rule looked at for a lane has none. */
    private Carriers carriers(Location root) {
        java.util.Map<Marker.Kind, Set<String>> names = new TreeMap<>();
        Set<String> places = new LinkedHashSet<>();
        for (Marker marker : markers) {
            names.computeIfAbsent(marker.kind(), kind -> new LinkedHashSet<>()).add(marker.name());
            places.add(marker.place());
        }
        if (places.size() > 1) {
            report.differs(
                    root,
                    "lanes from " + String.join(", ", places) + ": the first that is present counts, for every service",
                    "one place");
        }
        return new Carriers(
                List.copyOf(names.getOrDefault(Marker.Kind.HEADER, Set.of())),
                List.copyOf(names.getOrDefault(Marker.Kind.QUERY, Set.of())),
                List.copyOf(names.getOrDefault(Marker.Kind.COOKIE, Set.of())),
                List.of(),
                List.of());
    }
}
