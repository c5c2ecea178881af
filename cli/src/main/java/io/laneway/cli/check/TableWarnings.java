package io.laneway.cli.check;

import io.laneway.router.check.TableDoubts;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problem;
import io.laneway.router.document.tree.Problems;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;

/** What a valid table says that is seldom meant. Stateless. */
final class TableWarnings {

    private TableWarnings() {}

    /**
     * Warns of each service without a deployment in the base lane: requests without a lane of their own get 503; and of what
     * has no effect.
     */
    static void add(LaneTable table, Node document, Problems problems) {
        for (int i = 0; i < table.services().size(); i++) {
            Service service = table.services().get(i);
            boolean based = service.deployments().stream()
                    .anyMatch(deployment -> deployment.lane().equals(table.base()));
            if (!based) {
                String path = "services[" + i + "]";
                Problem warning = document.nearest(path)
                        .location()
                        .problem(
                                "warning: service " + service.id() + " has no deployment in the base lane "
                                        + table.base(),
                                "one, so that every request finds an endpoint");
                problems.warn(warning);
            }
        }
        for (TableDoubts.Doubt doubt : TableDoubts.of(table)) {
            Problem odd = doubt.problem();
            problems.warn(document.nearest(odd.path()).location().problem("warning: " + odd.what(), odd.expected()));
        }
    }
}
