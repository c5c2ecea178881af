package io.laneway.k8s.imports.envoy;

import io.laneway.k8s.imports.source.Report;
import io.laneway.k8s.imports.source.Tracked;
import io.laneway.k8s.imports.table.HostSets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The domains of a virtual host as a table's hosts, within the names of TLS of its filter chain. */
final class Domains {

    private static final String ANY = "*";

    private Domains() {}

    /** Hosts without ports, {@code *} for any; those that a table has no form for are named. */
    static List<String> of(Tracked host, List<String> names, Report report) {
        Set<String> hosts = new LinkedHashSet<>();
        for (Tracked domain : host.items("domains")) {
            String text = String.valueOf(domain.text());
            String name = text.replaceAll(":([0-9]+|\\*)$", "");
            if (!name.equals(text)) {
                report.assumed(domain.location(), "domain '" + text + "' is taken for any port");
            }
            boolean form = name.equals(ANY)
                    || (!name.isEmpty() && !name.replaceFirst("^\\*\\.", "").contains(ANY));
            if (!form) {
                report.notTaken(domain.location(), "domain '" + text + "'", "a host, *.suffix or *");
                continue;
            }
            List<String> within = HostSets.within(name, names);
            if (within.isEmpty()) {
                report.notTaken(
                        domain.location(),
                        "domain '" + text + "' where TLS is for " + String.join(", ", names),
                        "a domain with a name of TLS");
            }
            hosts.addAll(within);
        }
        return new ArrayList<>(hosts);
    }
}
