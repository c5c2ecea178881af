package io.laneway.control.sources;

import io.laneway.control.lane.LaneLife;
import io.laneway.control.store.ControlStore;
import io.laneway.control.table.Editor;
import io.laneway.router.model.Lane;
import io.laneway.router.source.DeploymentSource;
import io.laneway.router.source.DeploymentSource.Overlay;
import io.laneway.router.text.Slug;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lays what one source finds over the table. Of replicas that share a store, the holder of the lease does, so that one
 * that lags behind does not undo what another saw. A lane whose deployments are gone stays until it is idle (CONTRACT,
 * lane life). Safe for many threads.
 */
public final class Discovery {

    private static final Logger log = LoggerFactory.getLogger(Discovery.class);
    private static final Duration LEASE = Duration.ofSeconds(10);

    private final DeploymentSource source;
    private final String holder;
    private final Editor editor;
    private final ControlStore store;
    private final LaneLife life;
    private volatile @Nullable Overlay found;

    /** @param holder names this replica */
    public Discovery(DeploymentSource source, String holder, Editor editor, ControlStore store, LaneLife life) {
        this.source = source;
        this.holder = holder;
        this.editor = editor;
        this.store = store;
        this.life = life;
    }

    public void start() {
        source.start(overlay -> {
            found = overlay;
            place();
        });
    }

    /** Lays what was found last over the table, if it differs and this replica may. */
    public void place() {
        Overlay now = found;
        if (now == null || (store.shared() && !store.side().lease("discovery " + source.name(), holder, LEASE))) {
            return;
        }
        editor.overlay(source.name(), lingering(now)).exceptionally(error -> {
            log.atError().setCause(error).addKeyValue("source", source.name()).log("discovery was not taken");
            return 0L;
        });
    }

    private Overlay lingering(Overlay now) {
        Overlay before = editor.state().overlays().getOrDefault(source.name(), Overlay.EMPTY);
        Set<String> there = new HashSet<>();
        now.lanes().forEach(lane -> there.add(Slug.of(lane.name())));
        List<Lane> lanes = new ArrayList<>(now.lanes());
        for (Lane lane : before.lanes()) {
            if (!there.contains(Slug.of(lane.name())) && life.lingers(lane)) {
                lanes.add(lane);
            }
        }
        return new Overlay(lanes, now.services());
    }

    public void close() {
        source.close();
    }
}
