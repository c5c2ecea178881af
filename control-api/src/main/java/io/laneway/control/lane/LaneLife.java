package io.laneway.control.lane;

import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.text.Slug;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows when each lane was used last and when it ends. A lane is idle since its last request or renewal, never since it
 * was made alone; a time that a client named ({@code expiresAt}) holds whatever traffic there is. Base, parents,
 * environments and lanes marked {@code keep} never end. Safe for many threads; nothing here blocks but the start.
 */
public final class LaneLife {

    private final LaneLifeConfig config;
    private final Clock clock;
    private final Map<String, LaneUse> uses = new ConcurrentHashMap<>();
    private volatile boolean measured;

    /** Reads what is known of uses. */
    public LaneLife(LaneLifeConfig config, ControlStore store, Clock clock) {
        this.config = config;
        this.clock = clock;
        uses.putAll(store.side().laneUse());
    }

    /** Takes uses that gateways reported or another replica wrote; from now on idle lanes are known. */
    public void used(Map<String, LaneUse> seen) {
        measured = true;
        seen.forEach((lane, use) -> uses.merge(lane, use, LaneLife::later));
    }

    /** Takes what the store knows, which another replica may have written. */
    void known(Map<String, LaneUse> stored) {
        stored.forEach((lane, use) -> uses.merge(lane, use, LaneLife::later));
    }

    /** A lane is gone. */
    void forget(String lane) {
        uses.remove(Slug.of(lane));
    }

    private static LaneUse later(LaneUse known, LaneUse seen) {
        return new LaneUse(known.lane(), Math.max(known.at(), seen.at()), seen.ttl() < 0 ? known.ttl() : seen.ttl());
    }

    /** The lane that a patch makes, in the place of {@code old} if there is one. */
    public Lane made(LanePatch patch, @Nullable Lane old) {
        Lane lane = patch.lane();
        Duration ttl = patch.ttl();
        Instant end = ttl == null ? lane.expiresAt() : now().plus(ttl);
        if (ttl != null && old != null && old.expiresAt() != null && sameTtl(lane.name(), ttl)) {
            end = old.state() == LaneState.ACTIVE ? old.expiresAt() : end;
        }
        return with(lane, end, LaneState.ACTIVE);
    }

    private boolean sameTtl(String lane, Duration ttl) {
        LaneUse use = uses.get(Slug.of(lane));
        return use != null && use.ttl() == ttl.toMillis();
    }

    /** A lane that begins again: active, and with a time to live as long as it had. */
    public Lane renewed(Lane lane) {
        LaneUse use = uses.get(Slug.of(lane.name()));
        Instant hard = lane.expiresAt();
        if (use != null && use.ttl() > 0) {
            return with(lane, now().plusMillis(use.ttl()), LaneState.ACTIVE);
        }
        return with(lane, hard == null ? null : later(hard, now().plus(config.expireAfter())), LaneState.ACTIVE);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** The use that a patch notes. */
    public LaneUse use(LanePatch patch) {
        Duration ttl = patch.ttl();
        return new LaneUse(Slug.of(patch.lane().name()), clock.millis(), ttl == null ? 0 : ttl.toMillis());
    }

    /** The use that a renewal notes. */
    public LaneUse use(String lane) {
        return new LaneUse(Slug.of(lane), clock.millis(), -1);
    }

    /** A use that was noted durably. */
    public void took(LaneUse use) {
        uses.merge(use.lane(), use, LaneLife::later);
    }

    /** Whether a lane ends so long after its last use, whatever the table says of its end. */
    public boolean hasTtl(Lane lane) {
        LaneUse use = uses.get(Slug.of(lane.name()));
        return use != null && use.ttl() > 0;
    }

    /** What is known of a lane's life, for people. */
    public Map<String, Object> describe(Lane lane) {
        Map<String, Object> known = new LinkedHashMap<>();
        Instant ends = ends(lane);
        if (!ends.equals(Instant.MAX) && (hasTtl(lane) || !ends.equals(lane.expiresAt()))) {
            known.put("idleUntil", ends.toString());
        }
        LaneUse use = uses.get(Slug.of(lane.name()));
        if (use != null) {
            known.put("lastUsed", Instant.ofEpochMilli(use.at()).toString());
            if (use.ttl() > 0) {
                known.put("ttl", io.laneway.router.unit.Durations.format(Duration.ofMillis(use.ttl())));
            }
        }
        return known;
    }

    /** What a sweep would do with the lanes of a table now. */
    public List<LaneStep> due(TableState state) {
        Set<String> spared = spared(state.objects());
        List<LaneStep> steps = new ArrayList<>();
        for (Lane lane : state.objects().lanes().values()) {
            String slug = Slug.of(lane.name());
            LaneEnd end = spared.contains(slug) || lane.keep() ? LaneEnd.NEVER : end(lane);
            LaneStep step = LaneStep.of(lane, end, now(), config);
            if (step != null) {
                steps.add(step);
            }
        }
        return steps;
    }

    /** What is known of a lane's use, null if nothing is. */
    public @Nullable LaneUse known(String lane) {
        return uses.get(Slug.of(lane));
    }

    /**
     * What is due for a lane that discovery found and no call put: it is idle from its last use on, or from when it was
     * first found. Null if it stays as it is, also while it is not known.
     *
     * @param lane with the state that it has
     */
    public @Nullable LaneStep dueFound(Lane lane, TableState state) {
        boolean ends = !spared(state.objects()).contains(Slug.of(lane.name())) && !lane.keep();
        if (ends && !measured) {
            return null;
        }
        LaneStep step = LaneStep.of(lane, ends ? end(lane) : LaneEnd.NEVER, now(), config);
        return step == null || step.to() == null ? null : step;
    }

    /** Whether a lane that discovery no longer finds was used lately enough to stay. */
    public boolean lingers(Lane lane) {
        LaneUse use = uses.get(Slug.of(lane.name()));
        return use != null && now().isBefore(Instant.ofEpochMilli(use.at()).plus(config.expireAfter()));
    }

    /** When a lane ends, {@link Instant#MAX} if nothing ends it. */
    public Instant ends(Lane lane) {
        return end(lane).expired();
    }

    /** When a lane ends, and from when on its owner is warned. */
    LaneEnd end(Lane lane) {
        LaneUse use = uses.get(Slug.of(lane.name()));
        if (use != null && use.ttl() > 0) {
            Duration ttl = Duration.ofMillis(use.ttl());
            return LaneEnd.at(Instant.ofEpochMilli(use.at()).plus(ttl), warning(ttl));
        }
        if (lane.expiresAt() != null) {
            return LaneEnd.at(lane.expiresAt(), lead());
        }
        // Without any gateway that reports, idle lanes and busy ones look the same.
        if (!config.idle() || !measured || use == null) {
            return LaneEnd.NEVER;
        }
        return LaneEnd.at(Instant.ofEpochMilli(use.at()).plus(config.expireAfter()), lead());
    }

    private Duration lead() {
        return config.expireAfter().minus(config.warnAfter());
    }

    /** A short time to live is warned of in its last seventh. */
    private Duration warning(Duration ttl) {
        Duration seventh = ttl.dividedBy(7);
        return seventh.compareTo(lead()) < 0 ? seventh : lead();
    }

    private static Set<String> spared(TableObjects objects) {
        Set<String> spared = new TreeSet<>();
        spared.add(Slug.of(objects.base()));
        objects.lanes().values().forEach(lane -> {
            if (lane.parent() != null) {
                spared.add(Slug.of(lane.parent()));
            }
        });
        objects.shifts().values().forEach(shift -> shift.environments().forEach(e -> spared.add(Slug.of(e.lane()))));
        return spared;
    }

    /** The lane with another end and state. */
    public static Lane with(Lane lane, @Nullable Instant expiresAt, LaneState state) {
        return new Lane(lane.name(), lane.parent(), lane.mode(), lane.description(), expiresAt, lane.keep(), state)
                .linkedBy(lane.linkKey());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
