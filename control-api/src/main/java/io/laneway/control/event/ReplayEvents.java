package io.laneway.control.event;

import io.laneway.control.replay.ReplayDocument;
import io.laneway.control.replay.Replays;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Says which replays began, moved on and ended. Confined to the hub's thread; blocks. */
final class ReplayEvents implements EventSource {

    private final Replays replays;
    private Map<String, JsonObject> known = Map.of();

    ReplayEvents(Replays replays) {
        this.replays = replays;
    }

    @Override
    public void begin() {
        known = now();
    }

    private Map<String, JsonObject> now() {
        Map<String, JsonObject> now = new HashMap<>();
        replays.all().forEach(row -> now.put(row.id(), ReplayDocument.summary(row)));
        return now;
    }

    @Override
    public void look(Emitter out) {
        Map<String, JsonObject> before = known;
        Map<String, JsonObject> now = now();
        known = now;
        JsonArray changed = new JsonArray();
        JsonArray removed = new JsonArray();
        now.forEach((id, one) -> {
            if (!one.equals(before.get(id))) {
                changed.add(one);
            }
        });
        before.keySet().stream().filter(id -> !now.containsKey(id)).forEach(removed::add);
        if (!changed.isEmpty() || !removed.isEmpty()) {
            out.emit("replays", new JsonObject().put("replays", changed).put("removed", removed));
        }
    }
}
