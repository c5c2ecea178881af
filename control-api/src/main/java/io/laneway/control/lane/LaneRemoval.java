package io.laneway.control.lane;

import io.laneway.control.table.Refusal;
import io.laneway.control.table.TableObjects;
import io.laneway.router.model.Lane;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.List;

/** Takes a lane out of a table, with its deployments. */
public final class LaneRemoval {

    private LaneRemoval() {}

    /** The table without the lane; refused where it is a parent or an environment. */
    public static TableObjects without(TableObjects now, String name) {
        Lane lane = now.lane(name);
        if (lane == null) {
            throw Refusal.absent("lane " + name);
        }
        String slug = Slug.of(name);
        now.lanes().values().stream()
                .filter(other ->
                        other.parent() != null && Slug.of(other.parent()).equals(slug))
                .findFirst()
                .ifPresent(child -> {
                    throw Refusal.conflict("lane " + name + " is the parent of lane " + child.name());
                });
        now.shifts().values().stream()
                .filter(shift -> shift.environments().stream()
                        .anyMatch(e -> Slug.of(e.lane()).equals(slug)))
                .findFirst()
                .ifPresent(shift -> {
                    throw Refusal.conflict("lane " + name + " is an environment of shift " + shift.name());
                });
        List<TableChange> changes = new ArrayList<>();
        now.services()
                .values()
                .forEach(service -> service.deployments().stream()
                        .filter(deployment -> Slug.of(deployment.lane()).equals(slug))
                        .forEach(d -> changes.add(new TableChange.RemoveDeployment(service.id(), d.lane()))));
        changes.add(new TableChange.RemoveLane(lane.name()));
        return now.with(changes);
    }
}
