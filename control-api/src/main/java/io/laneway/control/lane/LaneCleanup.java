package io.laneway.control.lane;

import io.laneway.control.edit.Editor;
import io.laneway.control.store.ControlStore;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.router.source.LaneLeftovers;
import io.laneway.router.source.LaneLeftovers.Leftover;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.text.Slug;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has removed what lanes left behind outside of the table, once they are gone. Which lanes went is read from what was
 * published, so a restart forgets none for as long as that is kept. The first sweep that finds something is its dry
 * run: it is logged, and removed by a later sweep that finds it removable again. Confined to one thread, but for
 * {@link #plan}; where replicas share the store, only the holder of the lease sweeps.
 */
public final class LaneCleanup implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(LaneCleanup.class);
    private static final int BATCH = 200;

    private final List<LaneLeftovers> kinds;
    private final Editor editor;
    private final ControlStore store;
    private final Set<String> gone = new TreeSet<>();
    private final Map<LaneLeftovers, Set<Leftover>> found = new HashMap<>();
    private final Map<LaneLeftovers, String> problems = new HashMap<>();
    private long read;

    public LaneCleanup(List<LaneLeftovers> kinds, Editor editor, ControlStore store) {
        this.kinds = List.copyOf(kinds);
        this.editor = editor;
        this.store = store;
    }

    /** Removes what the last sweep found and can go, and finds what else there is. */
    public void sweep() {
        if (kinds.isEmpty()) {
            return;
        }
        readOn();
        gone.removeIf(this::present);
        if (gone.isEmpty()) {
            return;
        }
        Set<String> left = new HashSet<>();
        boolean all = true;
        for (LaneLeftovers kind : kinds) {
            all &= sweep(kind, left);
        }
        if (all) {
            gone.retainAll(left);
        }
    }

    private boolean sweep(LaneLeftovers kind, Set<String> left) {
        try {
            Set<Leftover> before = found.getOrDefault(kind, Set.of());
            List<Leftover> now = kind.find(Set.copyOf(gone));
            List<Leftover> due = now.stream()
                    .filter(one -> one.removable() && before.contains(one))
                    .toList();
            now.stream().filter(one -> !before.contains(one)).forEach(one -> log(kind, one, "found"));
            Set<Leftover> stays = new HashSet<>(now);
            if (!due.isEmpty()) {
                due.forEach(stays::remove);
                List<Leftover> kept = kind.remove(due);
                stays.addAll(kept);
                due.stream()
                        .filter(one ->
                                kept.stream().noneMatch(other -> other.what().equals(one.what())))
                        .forEach(one -> log(kind, one, "removed"));
            }
            stays.forEach(one -> left.add(one.lane()));
            found.put(kind, stays);
            problems.remove(kind);
            return true;
        } catch (RuntimeException e) {
            failed(kind, e.toString());
            return false;
        }
    }

    /** Says a problem once for as long as it stays the same. */
    private void failed(LaneLeftovers kind, String problem) {
        if (!problem.equals(problems.put(kind, problem))) {
            log.atWarn()
                    .addKeyValue("where", kind.name())
                    .addKeyValue("lanes", gone.size())
                    .addKeyValue("problem", problem)
                    .log("what lanes left behind cannot be removed, tried again with each sweep");
        }
    }

    private static void log(LaneLeftovers kind, Leftover one, String step) {
        log.atInfo()
                .addKeyValue("where", kind.name())
                .addKeyValue("lane", one.lane())
                .addKeyValue("what", one.what())
                .addKeyValue("obstacle", one.obstacle())
                .addKeyValue("step", step)
                .log("left behind by a lane that is gone");
    }

    private void readOn() {
        List<PublishedRow> rows = store.publishedAfter(read, BATCH);
        while (!rows.isEmpty()) {
            for (PublishedRow row : rows) {
                read = row.revision();
                for (TableChange change : Bodies.readChanges(row.delta())) {
                    if (change instanceof TableChange.RemoveLane removed) {
                        gone.add(Slug.of(removed.name()));
                    }
                }
            }
            rows = store.publishedAfter(read, BATCH);
        }
    }

    private boolean present(String slug) {
        return editor.state().published().lane(slug) != null;
    }

    /** What these lanes have left, whether they are gone or not, as JSON for people; changes nothing. */
    public JsonArray plan(Set<String> slugs) {
        JsonArray plan = new JsonArray();
        if (slugs.isEmpty()) {
            return plan;
        }
        for (LaneLeftovers kind : kinds) {
            try {
                kind.find(slugs)
                        .forEach(one -> plan.add(new JsonObject()
                                .put("lane", one.lane())
                                .put("where", kind.name())
                                .put("what", one.what())
                                .put("obstacle", one.removable() ? null : one.obstacle())));
            } catch (RuntimeException e) {
                plan.add(new JsonObject().put("where", kind.name()).put("problem", String.valueOf(e.getMessage())));
            }
        }
        return plan;
    }

    @Override
    public void close() {
        kinds.forEach(LaneLeftovers::close);
    }
}
