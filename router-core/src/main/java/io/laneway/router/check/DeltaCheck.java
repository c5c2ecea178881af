package io.laneway.router.check;

import io.laneway.router.document.tree.Problem;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableChange.PutDeployment;
import io.laneway.router.table.delta.TableChange.RemoveDeployment;
import io.laneway.router.table.delta.TableDelta;
import java.util.List;
import java.util.function.Predicate;

/**
 * Checks deltas against a table that was checked before, at the cost of what they change. Safe for many threads. Only
 * deployments are judged so, which is what discovery changes all day; every other change can break a reference from
 * anywhere, so the table that it leads to goes through {@link TableCheck}.
 */
public final class DeltaCheck {

    private DeltaCheck() {}

    /** Whether {@link #check} is enough: the delta puts and removes nothing but deployments. */
    public static boolean isEnough(TableDelta delta) {
        return delta.changes().stream()
                .allMatch(change -> change instanceof PutDeployment || change instanceof RemoveDeployment);
    }

    /**
     * Everything that is wrong with the deployments that a delta puts.
     *
     * @param lanes    whether the checked table has a lane of a name, the base lane included
     * @param services whether the checked table has a service
     */
    public static List<Problem> check(TableDelta delta, Predicate<String> lanes, Predicate<ServiceId> services) {
        PathProblems findings = new PathProblems();
        List<TableChange> changes = delta.changes();
        for (int i = 0; i < changes.size(); i++) {
            if (changes.get(i) instanceof PutDeployment put) {
                check(put, lanes, services, findings.below("changes[" + i + "]"));
            }
        }
        return findings.list();
    }

    private static void check(
            PutDeployment put, Predicate<String> lanes, Predicate<ServiceId> services, PathProblems at) {
        if (!services.test(put.service())) {
            at.add("service", "no service '" + put.service() + "'", "name or name.namespace of a service");
        }
        PathProblems below = at.below("deployment");
        if (!lanes.test(put.deployment().lane())) {
            below.add("lane", "no lane '" + put.deployment().lane() + "'", "the name of a lane");
        }
        DeploymentCheck.check(put.deployment(), below);
    }
}
