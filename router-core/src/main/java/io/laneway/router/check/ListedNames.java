package io.laneway.router.check;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slug;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of a table's own objects; of two lanes with one slug the first counts. Immutable. */
record ListedNames(Map<String, Lane> lanes, Set<ServiceId> services, Set<String> shifts) implements TableNames {

    static ListedNames of(LaneTable table) {
        Map<String, Lane> lanes = new HashMap<>();
        table.lanes().forEach(lane -> lanes.putIfAbsent(Slug.of(lane.name()), lane));
        return new ListedNames(
                lanes,
                table.services().stream().map(Service::id).collect(Collectors.toSet()),
                table.shifts().stream().map(Shift::name).collect(Collectors.toSet()));
    }

    @Override
    public @Nullable Lane lane(String slug) {
        return lanes.get(slug);
    }

    @Override
    public boolean hasService(ServiceId id) {
        return services.contains(id);
    }

    @Override
    public boolean hasShift(String name) {
        return shifts.contains(name);
    }
}
