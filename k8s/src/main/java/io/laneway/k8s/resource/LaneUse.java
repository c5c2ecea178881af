package io.laneway.k8s.resource;

import io.laneway.router.model.LaneTable;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.List;

/** Says what in a lane table needs a lane, so that it cannot be deleted. Pure. */
final class LaneUse {

    private LaneUse() {}

    /** Such as {@code an environment of shift default}; empty if nothing needs it. */
    static String of(LaneTable table, String lane) {
        String slug = Slug.of(lane);
        List<String> uses = new ArrayList<>();
        table.shifts().stream()
                .filter(shift -> shift.environments().stream()
                        .anyMatch(one -> Slug.of(one.lane()).equals(slug)))
                .forEach(shift -> uses.add("an environment of shift " + shift.name()));
        table.lanes().stream()
                .filter(one -> one.parent() != null && Slug.of(one.parent()).equals(slug))
                .forEach(one -> uses.add("the parent of lane " + one.name()));
        return String.join(", ", uses);
    }
}
