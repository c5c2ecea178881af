package io.laneway.k8s.imports.table;

import io.laneway.k8s.imports.source.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives each host to the rules that have it first, and says where a table passes to a less specific host. */
final class HostOwners {

    private static final String ANY = "*";

    private HostOwners() {}

    static List<RuleHost> apart(List<RuleHost> hosts, Report report) {
        Map<String, List<RuleHost>> owners = new LinkedHashMap<>();
        List<RuleHost> apart = new ArrayList<>();
        for (RuleHost host : hosts) {
            List<String> own = new ArrayList<>();
            for (String name : names(host)) {
                List<RuleHost> all = owners.computeIfAbsent(name.toLowerCase(Locale.ROOT), key -> new ArrayList<>());
                RuleHost owner = all.stream().filter(host::meets).findFirst().orElse(null);
                if (owner == null) {
                    all.add(host);
                    own.add(name);
                } else if (!owner.same(host)) {
                    report.notTaken(
                            host.at(),
                            "host '" + name + "' has other rules in line "
                                    + owner.at().line(),
                            "one set of rules for a host");
                }
            }
            if (!own.isEmpty()) {
                List<String> taken = own.contains(ANY) ? List.of() : own;
                apart.add(new RuleHost(host.at(), taken, host.ports(), host.rules(), host.closed()));
            }
        }
        apart.forEach(host -> closed(host, owners, report));
        return apart;
    }

    private static List<String> names(RuleHost host) {
        return host.hosts().isEmpty() ? List.of(ANY) : host.hosts();
    }

    private static void closed(RuleHost host, Map<String, List<RuleHost>> owners, Report report) {
        boolean all = host.rules().stream().anyMatch(rule -> rule.match().equals(Match.prefix("/")));
        if (all || !host.closed()) {
            return;
        }
        for (String name : host.hosts()) {
            String wider = wider(name.toLowerCase(Locale.ROOT), host, owners);
            if (wider != null) {
                report.differs(
                        host.at(),
                        "requests for '" + name + "' that no rule takes go on to the rules of host '" + wider + "'",
                        "a rule for path '/'");
                return;
            }
        }
    }

    private static @Nullable String wider(String name, RuleHost host, Map<String, List<RuleHost>> owners) {
        for (Map.Entry<String, List<RuleHost>> one : owners.entrySet()) {
            String other = one.getKey();
            boolean suffix = other.startsWith("*.") && name.endsWith(other.substring(1)) && !name.equals(other);
            if ((suffix || other.equals(ANY)) && one.getValue().stream().anyMatch(host::meets)) {
                return other;
            }
        }
        return null;
    }
}
