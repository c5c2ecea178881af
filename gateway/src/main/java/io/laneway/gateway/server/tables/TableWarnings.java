package io.laneway.gateway.server.tables;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import java.util.ArrayList;
import java.util.List;

/** Finds what a table may say but hardly means. */
final class TableWarnings {

    private static final int MAX = 100;

    private static final String SERVICES = "services";

    private TableWarnings() {}

    /** How many services are gone where none is left. */
    static int lost(LaneTable table, TableStatus before) {
        return table.services().isEmpty() ? before.followed().table().services().size() : 0;
    }

    /** @param before what was said of the table that this one replaces */
    @SuppressWarnings("ReferenceEquality") // what no change touched needs no look where nothing was said of it
    static List<Problem> of(LaneTable table, TableStatus before) {
        List<Problem> warnings = new ArrayList<>();
        if (table.services().isEmpty()) {
            int lost = lost(table, before);
            if (lost > 0) {
                warnings.add(Problem.at(
                        SERVICES,
                        "all " + lost + " services are gone with revision " + table.revision(),
                        "one or more"));
            } else {
                before.warnings().stream()
                        .filter(warning -> warning.path().equals(SERVICES))
                        .forEach(warnings::add);
            }
        }
        List<Service> services = table.services();
        List<Service> old =
                before.warnings().isEmpty() ? before.followed().table().services() : List.of();
        for (int i = 0; i < services.size() && warnings.size() < MAX; i++) {
            Service service = services.get(i);
            boolean same = i < old.size() && old.get(i) == service;
            if (!same && service.deployments().isEmpty()) {
                warnings.add(Problem.at(
                        "services[" + i + "].deployments",
                        "service " + service.id() + " has no deployment, its requests get 503",
                        "one in lane " + table.base()));
            }
        }
        return warnings;
    }
}
