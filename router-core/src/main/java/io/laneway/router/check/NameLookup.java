package io.laneway.router.check;

import io.laneway.router.model.Lane;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slug;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a table has, by name. Confined to one thread. Slugs are remembered, since many deployments name one lane. */
final class NameLookup {

    private final Map<String, String> slugs = new HashMap<>();
    private final TableNames table;
    private final String base;
    private final List<String> laneCookies;

    NameLookup(String base, List<String> laneCookies, TableNames table) {
        this.table = table;
        this.base = slug(base);
        this.laneCookies = laneCookies;
    }

    String slug(String lane) {
        return slugs.computeIfAbsent(lane, Slug::of);
    }

    /** The lane of that name or of another spelling with its slug; null for an unlisted base lane and for unknown ones. */
    @Nullable
    Lane lane(String name) {
        return table.lane(slug(name));
    }

    boolean isBase(String lane) {
        return slug(lane).equals(base);
    }

    boolean hasLane(String name) {
        return isBase(name) || lane(name) != null;
    }

    /** Whether a cookie of that name chooses a lane. */
    boolean isLaneCookie(String name) {
        return laneCookies.contains(name);
    }

    boolean hasService(ServiceId id) {
        return table.hasService(id);
    }

    boolean hasShift(String name) {
        return table.hasShift(name);
    }
}
