package io.laneway.control.rest.table;

import io.laneway.control.http.Call;
import io.laneway.control.http.ListQuery;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.service.ServiceId;
import io.laneway.router.text.Slug;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which lanes a list shows. Immutable.
 *
 * @param parent slug of the parent; empty for any
 * @param within slugs of the lanes that have a deployment of the service asked for; null for any
 */
record LaneFilter(
        @Nullable LaneState state,
        String parent,
        @Nullable Set<String> within,
        @Nullable Boolean keep) {

    private static final int MAX_NAME = 500;

    static LaneFilter of(Call call, TableState table) {
        return new LaneFilter(
                ListQuery.word(call, "state", LaneState.values(), LaneState::word),
                Slug.of(ListQuery.text(call, "parent", MAX_NAME)),
                within(call, table),
                ListQuery.either(call, "keep"));
    }

    private static @Nullable Set<String> within(Call call, TableState table) {
        String name = ListQuery.text(call, "service", MAX_NAME);
        if (call.query("service") == null) {
            return null;
        }
        if (name.isBlank() || name.startsWith(".")) {
            throw Call.malformed("service", name, "a name, or name.namespace");
        }
        Service service = table.publishedService(ServiceId.parse(name));
        Set<String> slugs = new HashSet<>();
        if (service != null) {
            service.deployments().forEach(deployment -> slugs.add(Slug.of(deployment.lane())));
        }
        return slugs;
    }

    boolean takes(Lane lane) {
        String of = lane.parent();
        return (state == null || lane.state() == state)
                && (parent.isEmpty() || (of != null && Slug.of(of).equals(parent)))
                && (within == null || within.contains(Slug.of(lane.name())))
                && (keep == null || lane.keep() == keep);
    }
}
