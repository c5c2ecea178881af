package io.laneway.control.lane;

import io.laneway.control.edit.EditCall;
import io.laneway.control.edit.EditCall.Author;
import io.laneway.control.edit.EditOutcome;
import io.laneway.control.edit.EditResult;
import io.laneway.control.edit.Editor;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.LaneUse;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.TableObjects;
import io.laneway.control.table.TableState.Mark;
import io.laneway.control.webhook.Webhooks;
import io.laneway.router.model.Lane;
import io.laneway.router.model.LaneState;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves lanes through their life, and sends messages to the webhooks. Confined to the jobs' thread, but for {@link #seen}. Where
 * replicas share the store, only the holder of the lease sweeps.
 */
public final class LaneSweeper {

    private static final Logger log = LoggerFactory.getLogger(LaneSweeper.class);
    private static final int MAX_STEPS = 500;

    private final LaneLifeConfig config;
    private final LaneLife life;
    private final Editor editor;
    private final ControlStore store;
    private final RenewSeal seal;
    private final Map<String, LaneUse> pending = new ConcurrentHashMap<>();
    private final Map<String, String> troubles = new HashMap<>();
    private final Webhooks webhooks;

    public LaneSweeper(
            LaneLifeConfig config,
            LaneLife life,
            Editor editor,
            ControlStore store,
            RenewSeal seal,
            Webhooks webhooks) {
        this.webhooks = webhooks;
        this.seal = seal;
        this.config = config;
        this.life = life;
        this.editor = editor;
        this.store = store;
    }

    /** A gateway saw requests for these lanes. Safe for many threads. */
    public void seen(Iterable<String> lanes, long at) {
        for (String lane : lanes) {
            String slug = Slug.of(lane);
            pending.merge(slug, new LaneUse(slug, at, -1), (a, b) -> a.at() >= b.at() ? a : b);
        }
    }

    /** Writes what was seen, and reads what other replicas saw. */
    public void flush() {
        Map<String, LaneUse> now = Map.copyOf(pending);
        if (!now.isEmpty()) {
            store.side().used(now.values());
            now.forEach(pending::remove);
            life.used(now);
        }
        life.known(store.side().laneUse());
    }

    /** Does what is due. */
    public void sweep() {
        flush();
        List<LaneStep> steps = life.due(editor.state());
        for (LaneStep step : steps.subList(0, Math.min(MAX_STEPS, steps.size()))) {
            EditOutcome outcome = take(step);
            if (outcome instanceof EditOutcome.Made made) {
                taken(step, made.result());
            } else if (outcome instanceof EditOutcome.Refused refused) {
                trouble(step, refused.reason());
            } else if (outcome instanceof EditOutcome.Failed failed) {
                trouble(step, failed.error());
            }
        }
    }

    /** One lane that cannot be moved does not keep the others; it is said once for as long as it stays the same. */
    private void trouble(LaneStep step, RuntimeException e) {
        String lane = step.lane().name();
        String problem = step.action() + ": " + e.getMessage();
        if (!problem.equals(troubles.put(lane, problem))) {
            log.atWarn()
                    .addKeyValue("lane", lane)
                    .addKeyValue("problem", problem)
                    .log("lane not moved, tried again with each sweep");
        }
    }

    private EditOutcome take(LaneStep step) {
        String name = step.lane().name();
        Mark mark = editor.state().marks().get(ObjectKeys.lane(name));
        EditCall call = EditCall.plain(
                Author.itself("lane " + name + " is " + step.action()),
                mark == null ? "" : mark.owner(),
                step.action(),
                "lane " + name,
                now -> applied(now, step));
        return editor.submit(call).handle(EditOutcome::of).join();
    }

    private void taken(LaneStep step, EditResult result) {
        String name = step.lane().name();
        troubles.remove(name);
        if (step.to() == null && result.changed()) {
            store.side().forgetUse(Slug.of(name));
            life.forget(name);
        }
        if (result.changed()) {
            notify(step);
        }
    }

    /** Sends the webhooks that a lane ends, or is about to. Safe for many threads. */
    public void notify(LaneStep step) {
        if (step.to() != LaneState.ACTIVE) {
            webhooks.send(LaneMessage.of(step, config.link(), seal));
        }
    }

    /** Notes that a lane is in use from now on, which is known after a restart too. Safe for many threads. */
    public void begins(String lane) {
        LaneUse use = life.use(lane);
        store.side().used(List.of(use));
        life.took(use);
    }

    /** The lane may have changed since the step was found due: then it is looked at again with the next sweep. */
    private static TableObjects applied(TableObjects now, LaneStep step) {
        @Nullable Lane lane = now.lane(step.lane().name());
        if (lane == null || !lane.equals(step.lane())) {
            return now;
        }
        LaneState to = step.to();
        return to == null
                ? LaneRemoval.without(now, lane.name())
                : now.with(List.of(new TableChange.PutLane(LaneLife.with(lane, lane.expiresAt(), to))));
    }
}
