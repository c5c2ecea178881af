package io.laneway.router.check;

import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.TenantSource;
import io.laneway.router.unit.Share;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks shifts: environments that exist, shares that fit, tenants that differ. Confined to one thread. */
final class ShiftCheck {

    private final String base;
    private final NameLookup names;
    private final PathProblems findings;

    ShiftCheck(String base, NameLookup names, PathProblems findings) {
        this.base = base;
        this.names = names;
        this.findings = findings;
    }

    void check(List<Shift> shifts) {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < shifts.size(); i++) {
            PathProblems at = findings.below("shifts[" + i + "]");
            Shift shift = shifts.get(i);
            if (!seen.add(shift.name())) {
                at.add("name", "'" + shift.name() + "' is there twice", "another name");
            }
            sources(shift.tenant(), at);
            environments(shift.environments(), at);
            SlotCheck.check(shift.environments(), at);
        }
    }

    private void sources(List<TenantSource> sources, PathProblems at) {
        for (int i = 0; i < sources.size(); i++) {
            TenantSource source = sources.get(i);
            String path = "tenant[" + i + "]." + source.kind().word();
            if (source.kind() == TenantSource.Kind.HOST && !HostSyntax.isPattern(source.name(), "{tenant}")) {
                at.add(path, "'" + source.name() + "'", "a host name with {tenant} once, such as {tenant}.example.com");
            }
            if (source.kind() == TenantSource.Kind.HEADER && !HostSyntax.isToken(source.name())) {
                at.add(path, "'" + source.name() + "'", "a header name (RFC 9110 section 5.6.2)");
            }
        }
    }

    private void environments(List<Environment> environments, PathProblems at) {
        Set<String> lanes = new HashSet<>();
        Map<String, String> included = new HashMap<>();
        int sum = 0;
        int requests = 0;
        for (int i = 0; i < environments.size(); i++) {
            Environment environment = environments.get(i);
            String path = "environments[" + i + "].";
            lane(environment.lane(), lanes, path, at);
            pins(environment, included, path, at);
            sum += environment.share().slots();
            requests += environment.requests().share().slots();
        }
        if (sum > Share.SLOTS) {
            at.add("environments", "the shares sum up to " + sum / 100.0 + "%", "at most 100%");
        }
        if (requests > Share.SLOTS) {
            at.add("environments", "the shares of requests sum up to " + requests / 100.0 + "%", "at most 100%");
        }
    }

    private void lane(String lane, Set<String> lanes, String path, PathProblems at) {
        if (names.isBase(lane)) {
            at.add(path + "lane", "the base lane " + base, "another lane; base has whom no environment has");
        } else if (!names.hasLane(lane)) {
            at.add(path + "lane", "no lane '" + lane + "'", "the name of a lane");
        } else if (!lanes.add(names.slug(lane))) {
            at.add(path + "lane", "'" + lane + "' is there twice", "each environment once");
        }
    }

    private static void pins(Environment environment, Map<String, String> included, String path, PathProblems at) {
        Set<String> excluded = new HashSet<>(environment.tenants().exclude());
        List<String> include = environment.tenants().include();
        for (int i = 0; i < include.size(); i++) {
            String former = included.putIfAbsent(include.get(i), environment.lane());
            if (former != null) {
                at.add(
                        path + "tenants.include[" + i + "]",
                        "'" + include.get(i) + "' is included in " + former + " already",
                        "one environment a tenant");
            }
            if (excluded.contains(include.get(i))) {
                at.add(
                        path + "tenants.include[" + i + "]",
                        "'" + include.get(i) + "' is included and excluded",
                        "one of them");
            }
        }
    }
}
