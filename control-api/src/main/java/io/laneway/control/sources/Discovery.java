package io.laneway.control.sources;

import io.laneway.control.edit.Editor;
import io.laneway.control.lane.LaneLife;
import io.laneway.control.lane.LaneStep;
import io.laneway.control.lane.LaneSweeper;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays what one source finds over the table. Of replicas that share a store, the holder of the lease does, so that one
 * that lags behind does not undo what another saw. A lane that only discovery knows lives as others do
 * (docs/concepts/life-of-a-lane.md): idle, it expires, and one whose deployments are gone stays until then. Safe for
 * many threads.
 */
public final class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final DeploymentSource source;
    private final String holder;
    private final Editor editor;
    private final ControlStore store;
    private final LaneLife life;
    private final LaneSweeper sweeper;
    private final Map<String, LaneState> told = new HashMap<>();
    private volatile @Nullable Overlay found;

    /** @param holder names this replica */
    public Discovery(
            DeploymentSource source,
            String holder,
            Editor editor,
            ControlStore store,
            LaneLife life,
            LaneSweeper sweeper) {
        this.source = source;
        this.holder = holder;
        this.editor = editor;
        this.store = store;
        this.life = life;
        this.sweeper = sweeper;
    }

    public void start() {
        source.start(overlay -> {
            found = overlay;
            place();
        });
    }

    /** Lays what was found last over the table, if it differs and this replica may. */
    public synchronized void place() {
        Overlay now = found;
        if (now == null || (store.shared() && !store.side().lease("discovery " + source.name(), holder, LEASE))) {
            return;
        }
        editor.overlay(source.name(), new Overlay(lanes(now), now.services(), now.eldest()))
                .exceptionally(error -> {
                    log.atError()
                            .setCause(error)
                            .addKeyValue("source", source.name())
                            .log("discovery was not taken");
                    return 0L;
                });
    }

    private List<Lane> lanes(Overlay now) {
        TableState state = editor.state();
        Map<String, Lane> before = new HashMap<>();
        state.overlays()
                .getOrDefault(source.name(), Overlay.EMPTY)
                .lanes()
                .forEach(lane -> before.put(Slug.of(lane.name()), lane));
        List<Lane> lanes = new ArrayList<>();
        for (Lane lane : now.lanes()) {
            Lane old = before.remove(Slug.of(lane.name()));
            boolean edited = state.objects().lane(lane.name()) != null;
            lanes.add(edited ? lane : aged(lane, old, state));
        }
        before.values().stream()
                .filter(life::lingers)
                .sorted(Comparator.comparing(Lane::name))
                .forEach(lanes::add);
        return lanes;
    }

    /** The lane with the state that it has by now; what is new, or was gone, begins to live now. */
    private Lane aged(Lane lane, @Nullable Lane old, TableState state) {
        if (old == null || life.known(lane.name()) == null) {
            sweeper.begins(lane.name());
        }
        Lane as = old == null ? lane : LaneLife.with(lane, lane.expiresAt(), old.state());
        LaneStep step = life.dueFound(as, state);
        LaneState to = step == null ? null : step.to();
        if (step == null || to == null) {
            return as;
        }
        if (told.put(Slug.of(lane.name()), to) != to) {
            sweeper.notify(step);
        }
        return LaneLife.with(lane, lane.expiresAt(), to);
    }

    public void close() {
        source.close();
    }
}
