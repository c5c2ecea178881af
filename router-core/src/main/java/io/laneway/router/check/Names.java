package io.laneway.router.check;

import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneTable;
import io.laneway.router.model.ServiceId;
import io.laneway.router.model.Shift;
import io.laneway.router.text.Slug;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a table has, by name. Confined to one thread. Slugs are remembered, since many deployments name one lane. */
final class Names {

    private final Map<String, String> slugs = new HashMap<>();
    private final Map<String, Lane> lanes = new HashMap<>();
    private final Set<ServiceId> services = new HashSet<>();
    private final Set<String> shifts = new HashSet<>();
    private final String base;

    private Names(String base) {
        this.base = slug(base);
    }

    static Names of(LaneTable table) {
        Names names = new Names(table.base());
        table.lanes().forEach(lane -> names.lanes.putIfAbsent(names.slug(lane.name()), lane));
        table.services().forEach(service -> names.services.add(service.id()));
        table.shifts().stream().map(Shift::name).forEach(names.shifts::add);
        return names;
    }

    String slug(String lane) {
        return slugs.computeIfAbsent(lane, Slug::of);
    }

    /** The lane of that name or of another spelling with its slug; null for an unlisted base lane and for unknown ones. */
    @Nullable
    Lane lane(String name) {
        return lanes.get(slug(name));
    }

    boolean isBase(String lane) {
        return slug(lane).equals(base);
    }

    boolean hasLane(String name) {
        return isBase(name) || lanes.containsKey(slug(name));
    }

    boolean hasService(ServiceId id) {
        return services.contains(id);
    }

    boolean hasShift(String name) {
        return shifts.contains(name);
    }
}
