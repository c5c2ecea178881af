package io.laneway.control.event;

import io.laneway.control.store.HistoryRows;
import io.laneway.control.store.Rows.HistoryRow;
import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.store.Rows.PublishedRow;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Says of each revision who made it, why, and what it touched. Confined to the hub's thread; blocks. */
final class RevisionEvents {

    private static final int MOST = 100;

    private final Supplier<HistoryRows> history;

    RevisionEvents(Supplier<HistoryRows> history) {
        this.history = history;
    }

    void add(List<PublishedRow> rows, Emitter out) {
        Map<Long, HistoryRow> edits = edits(rows);
        for (PublishedRow row : rows) {
            JsonObject event =
                    new JsonObject().put("revision", row.revision()).put("edit", edits.containsKey(row.revision()));
            HistoryRow edit = edits.get(row.revision());
            if (edit != null) {
                event.put("at", Instant.ofEpochMilli(edit.at()).toString())
                        .put("who", edit.who())
                        .put("why", edit.why())
                        .put("action", edit.action())
                        .put("subject", edit.subject());
            }
            out.emit("revision", touched(event, ObjectKeys.touched(Bodies.readChanges(row.delta()))));
        }
    }

    private Map<Long, HistoryRow> edits(List<PublishedRow> rows) {
        Map<Long, HistoryRow> edits = new HashMap<>();
        if (rows.stream().anyMatch(row -> row.kind().equals("edit"))) {
            long last = rows.get(rows.size() - 1).revision();
            history.get().newest(last, rows.size()).forEach(edit -> edits.put(edit.revision(), edit));
        }
        return edits;
    }

    private static JsonObject touched(JsonObject event, Set<ObjectKey> keys) {
        JsonObject touched = new JsonObject();
        int more = 0;
        for (Map.Entry<String, String> list : Map.of("lanes", "lane", "services", "service", "shifts", "shift")
                .entrySet()) {
            List<String> names = keys.stream()
                    .filter(key -> key.kind().equals(list.getValue()))
                    .map(ObjectKey::name)
                    .toList();
            more += Math.max(0, names.size() - MOST);
            touched.put(list.getKey(), new JsonArray(names.stream().limit(MOST).toList()));
        }
        touched.put("routes", keys.contains(ObjectKeys.ROUTES))
                .put("carriers", keys.contains(ObjectKeys.CARRIERS))
                .put("base", keys.contains(ObjectKeys.BASE));
        return event.put("touched", touched).put("more", more);
    }
}
