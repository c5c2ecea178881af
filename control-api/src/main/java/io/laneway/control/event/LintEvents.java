package io.laneway.control.event;

import io.laneway.control.check.Warnings;
import io.laneway.router.model.LaneTable;
import io.laneway.router.source.LintSource;
import io.laneway.router.source.LintSource.Finding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Says what is odd now and was not, and the other way round: at once where the table is another one, and now and then,
 * since sources look beyond the table. Confined to the hub's thread.
 */
final class LintEvents implements EventSource {

    private static final int MOST = 50;
    private static final int EVERY = 5;

    private final List<LintSource> sources;
    private final Supplier<LaneTable> table;
    private final LongSupplier newest;
    private Set<Finding> known = Set.of();
    private long revision;
    private int looks;

    /** @param newest the revision of that table */
    LintEvents(List<LintSource> sources, Supplier<LaneTable> table, LongSupplier newest) {
        this.sources = List.copyOf(sources);
        this.table = table;
        this.newest = newest;
    }

    @Override
    public void begin() {
        known = found();
    }

    private Set<Finding> found() {
        LaneTable now = table.get();
        revision = now.revision();
        Set<Finding> found = new LinkedHashSet<>();
        sources.forEach(source -> found.addAll(source.findings(now)));
        return found;
    }

    @Override
    public void look(Emitter out) {
        if (++looks % EVERY != 0 && newest.getAsLong() == revision) {
            return;
        }
        Set<Finding> before = known;
        Set<Finding> now = found();
        known = now;
        List<Finding> fresh =
                now.stream().filter(finding -> !before.contains(finding)).toList();
        List<Finding> gone =
                before.stream().filter(finding -> !now.contains(finding)).toList();
        if (!fresh.isEmpty() || !gone.isEmpty()) {
            out.emit(
                    "lint",
                    new JsonObject()
                            .put("total", now.size())
                            .put("new", json(fresh))
                            .put("gone", json(gone))
                            .put("reload", fresh.size() > MOST || gone.size() > MOST));
        }
    }

    private static JsonArray json(Collection<Finding> findings) {
        JsonArray json = new JsonArray();
        findings.stream().limit(MOST).forEach(finding -> json.add(Warnings.json(finding)));
        return json;
    }
}
