package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import io.laneway.router.document.tree.Location;
import java.util.Comparator;
import java.util.List;

/** What a report says of the form in which a proxy compares paths, where that is not a listener's. Stateless. */
public final class PathForms {

    private PathForms() {}

    /**
     * Says it once: as something to look at, and as a difference where a rule refuses requests, since one that is written
     * otherwise would pass it by.
     *
     * @param form    how the proxy compares paths, and how a listener does
     * @param instead what a listener has for it
     */
    public static void say(List<RuleHost> hosts, Location root, String form, String instead, Report report) {
        List<Location> guards = hosts.stream()
                .flatMap(host -> host.rules().stream())
                .filter(rule -> rule.action().status() != null || rule.action().access() != null)
                .map(Rule::at)
                .distinct()
                .sorted(Comparator.comparingInt(Location::line))
                .toList();
        if (guards.isEmpty()) {
            report.assumed(root, form + " (" + instead + ")");
            return;
        }
        Location first = guards.get(0);
        report.differs(
                first,
                form + "; such requests get past " + guards.size() + " rules that refuse, the first at this line",
                instead);
    }
}
