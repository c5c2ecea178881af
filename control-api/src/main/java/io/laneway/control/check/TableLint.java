package io.laneway.control.check;

import io.laneway.router.check.TableDoubts;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Endpoint;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.source.LintSource;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks at the table alone: lanes that hold nothing, services that base lacks, environments that are sent no requests, and
 * what has no effect.
 */
public final class TableLint implements LintSource {

    @Override
    public List<Finding> findings(LaneTable table) {
        List<Finding> findings = new ArrayList<>();
        lanes(table, findings);
        table.services().forEach(service -> service(table, service, findings));
        table.shifts().forEach(shift -> shift(table, shift, findings));
        for (TableDoubts.Doubt doubt : TableDoubts.of(table)) {
            findings.add(
                    new Finding(doubt.rule(), doubt.subject(), doubt.problem().what()));
        }
        return findings;
    }

    private static void lanes(LaneTable table, List<Finding> findings) {
        Set<String> serving = new HashSet<>();
        table.services().forEach(s -> s.deployments().forEach(d -> serving.add(Slug.of(d.lane()))));
        Set<String> parents = new HashSet<>();
        for (Lane lane : table.lanes()) {
            if (lane.parent() != null) {
                parents.add(Slug.of(lane.parent()));
            }
        }
        for (Lane lane : table.lanes()) {
            String slug = Slug.of(lane.name());
            if (!serving.contains(slug) && !parents.contains(slug)) {
                findings.add(new Finding(
                        "lane-without-deployments",
                        "lane " + lane.name(),
                        "no service has a deployment in it: its requests all fall back"));
            }
        }
    }

    private static void service(LaneTable table, Service service, List<Finding> findings) {
        String subject = "service " + service.id();
        String base = Slug.of(table.base());
        if (service.deployments().stream().noneMatch(d -> Slug.of(d.lane()).equals(base))) {
            findings.add(new Finding(
                    "service-without-base",
                    subject,
                    "no deployment in the base lane " + table.base() + ": a request that falls back gets 503"));
        }
        for (Deployment deployment : service.deployments()) {
            if (deployment.ports().stream()
                    .noneMatch(port -> port.endpoints().stream().anyMatch(Endpoint::usable))) {
                findings.add(new Finding(
                        "deployment-without-endpoints",
                        subject + " lane " + deployment.lane(),
                        "no endpoint is usable: its requests fall back"));
            }
        }
        String shift = service.shift();
        if (shift != null
                && table.shifts().stream().noneMatch(s -> Slug.of(s.name()).equals(Slug.of(shift)))) {
            findings.add(new Finding("unknown-shift", subject, "names shift " + shift + ", which is not there"));
        }
    }

    private static void shift(LaneTable table, Shift shift, List<Finding> findings) {
        String subject = "shift " + shift.name();
        boolean requests =
                shift.environments().stream().anyMatch(e -> e.requests().share().slots() > 0);
        boolean tenants = shift.environments().stream().anyMatch(TableLint::hasTenants);
        if (shift.tenant().isEmpty() && !shift.environments().isEmpty() && (tenants || !requests)) {
            findings.add(new Finding(
                    "shift-without-tenant",
                    subject,
                    "says nowhere where requests carry their tenant: it assigns no tenant"));
        }
        for (Environment environment : shift.environments()) {
            String lane = Slug.of(environment.lane());
            boolean used =
                    hasTenants(environment) || environment.requests().share().slots() > 0;
            boolean serves = table.services().stream()
                    .anyMatch(s -> s.deployments().stream()
                            .anyMatch(d -> Slug.of(d.lane()).equals(lane)));
            if (used && !serves) {
                findings.add(new Finding(
                        "environment-without-services",
                        subject + " environment " + environment.lane(),
                        "has tenants or requests and no service: they all fall back"));
            }
        }
    }

    private static boolean hasTenants(Environment environment) {
        return environment.share().slots() > 0
                || !environment.tenants().include().isEmpty();
    }
}
