package io.laneway.control.overview;

import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneMode;
import io.laneway.router.model.LaneState;
import io.laneway.router.model.service.Deployment;
import io.laneway.router.model.service.Service;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.text.Slug;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A published table by lanes and by services, as pages are cut from it: each in the order of names. Costs some
 * milliseconds for 30 000 deployments, so it is made once a revision. Immutable.
 */
public final class TableIndex {

    private final TableState state;
    private final TreeMap<String, LaneFacts> lanes = new TreeMap<>();
    private final TreeMap<String, ServiceFacts> services = new TreeMap<>();
    private int deployments;

    private TableIndex(TableState state) {
        this.state = state;
        Map<String, List<OwnDeployment>> own = new HashMap<>();
        state.published().services().values().forEach(service -> add(service, own));
        Map<String, List<String>> environments = environments();
        String base = baseSlug();
        add(base, baseLane(), List.of(), environments);
        state.published().lanes().forEach((slug, lane) -> {
            if (!slug.equals(base)) {
                add(slug, lane, own.getOrDefault(slug, List.of()), environments);
            }
        });
    }

    /** The index of a table. */
    public static TableIndex of(TableState state) {
        return new TableIndex(state);
    }

    private void add(Service service, Map<String, List<OwnDeployment>> own) {
        String id = service.id().toString();
        String base = baseSlug();
        OwnDeployment inBase = null;
        for (Deployment deployment : service.deployments()) {
            OwnDeployment one = OwnDeployment.of(id, deployment);
            String slug = Slug.of(deployment.lane());
            if (slug.equals(base)) {
                inBase = one;
            } else {
                own.computeIfAbsent(slug, lane -> new ArrayList<>()).add(one);
            }
        }
        boolean found = state.objects().service(state.editedName(service.id())) == null;
        int size = service.deployments().size();
        deployments += size;
        services.put(id, new ServiceFacts(service.id(), service.shift(), found, size, inBase));
    }

    private void add(String slug, Lane lane, List<OwnDeployment> own, Map<String, List<String>> environments) {
        boolean base = slug.equals(baseSlug());
        List<OwnDeployment> sorted = new ArrayList<>(own);
        sorted.sort((a, b) -> a.service().compareTo(b.service()));
        boolean found = !base && !state.objects().lanes().containsKey(slug);
        List<String> chain = base ? List.of() : chain(lane);
        lanes.put(
                slug,
                new LaneFacts(slug, lane, base, found, chain, environments.getOrDefault(slug, List.of()), sorted));
    }

    private Lane baseLane() {
        Lane said = state.published().lane(state.published().base());
        return said == null ? Lane.named(state.published().base()) : said;
    }

    private String baseSlug() {
        return Slug.of(state.published().base());
    }

    /** An expired lane ignores mode and parents; a strict one falls back to none. */
    private List<String> chain(Lane lane) {
        String base = state.published().base();
        if (lane.state() == LaneState.EXPIRED) {
            return List.of(base);
        }
        if (lane.mode() == LaneMode.STRICT) {
            return List.of();
        }
        List<String> chain = new ArrayList<>();
        Lane at = parent(lane);
        while (at != null && chain.size() <= state.published().lanes().size()) {
            chain.add(at.name());
            at = parent(at);
        }
        chain.add(base);
        return chain;
    }

    private @Nullable Lane parent(Lane lane) {
        String parent = lane.parent();
        return parent == null || state.published().isBase(parent)
                ? null
                : state.published().lane(parent);
    }

    private Map<String, List<String>> environments() {
        Map<String, List<String>> environments = new HashMap<>();
        state.published()
                .shifts()
                .values()
                .forEach(shift -> shift.environments()
                        .forEach(environment -> environments
                                .computeIfAbsent(Slug.of(environment.lane()), lane -> new ArrayList<>())
                                .add(shift.name())));
        return environments;
    }

    /** The table. */
    public TableState state() {
        return state;
    }

    /** The lanes by their slugs, the base lane among them. */
    public Map<String, LaneFacts> lanes() {
        return Collections.unmodifiableMap(lanes);
    }

    /** The base lane, which is always there. */
    public LaneFacts base() {
        return Objects.requireNonNull(lanes.get(baseSlug()));
    }

    /** The services by their identity. */
    public Map<String, ServiceFacts> services() {
        return Collections.unmodifiableMap(services);
    }

    /** The shifts by their slugs. */
    public Map<String, Shift> shifts() {
        return state.published().shifts();
    }

    /** How many deployments there are. */
    public int deployments() {
        return deployments;
    }
}
