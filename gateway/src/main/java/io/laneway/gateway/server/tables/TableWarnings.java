package io.laneway.gateway.server.tables;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import java.util.ArrayList;
import java.util.List;

/** Finds what a table may say but hardly means. */
final class TableWarnings {

    private static final int MAX = 100;

    private TableWarnings() {}

    static List<Problem> of(LaneTable table) {
        List<Problem> warnings = new ArrayList<>();
        List<Service> services = table.services();
        for (int i = 0; i < services.size() && warnings.size() < MAX; i++) {
            Service service = services.get(i);
            if (service.deployments().isEmpty()) {
                warnings.add(Problem.at(
                        "services[" + i + "].deployments",
                        "service " + service.id() + " has no deployment, its requests get 503",
                        "one in lane " + table.base()));
            }
        }
        return warnings;
    }
}
