package io.laneway.control.replay;

import io.laneway.control.store.ReplayRows.ReplayRow;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;

/** A replay as the API shows it. Stateless. */
public final class ReplayDocument {

    /** What the gateway alone needs, or what is shown with the whole. */
    private static final Set<String> LARGE = Set.of("redact", "rules", "descriptors");

    private ReplayDocument() {}

    /** Without what differed in detail. */
    public static JsonObject summary(ReplayRow row) {
        return summary(row, new JsonObject(row.wish()));
    }

    private static JsonObject summary(ReplayRow row, JsonObject wish) {
        JsonObject json = new JsonObject().put("id", row.id());
        wish.forEach(one -> {
            if (!LARGE.contains(one.getKey())) {
                json.put(one.getKey(), one.getValue());
            }
        });
        json.put("state", row.state())
                .put("created", time(row.created()))
                .put("by", row.who())
                .put("why", row.why());
        if (row.ended() > 0) {
            json.put("ended", time(row.ended()));
        }
        if (!row.problem().isEmpty()) {
            json.put("problem", row.problem());
        }
        return row.progress().isEmpty() ? json : json.put("progress", new JsonObject(row.progress()));
    }

    /** Whole; examples are for those who may start replays, since they have what users send. */
    static JsonObject whole(ReplayRow row, boolean examples) {
        JsonObject wish = new JsonObject(row.wish());
        JsonObject json = summary(row, wish);
        if (wish.containsKey("rules")) {
            json.put("rules", wish.getJsonObject("rules"));
        }
        if (row.report().isEmpty()) {
            return json;
        }
        JsonObject report = new JsonObject(row.report());
        if (!examples) {
            for (Object finding : report.getJsonArray("findings", new JsonArray())) {
                ((JsonObject) finding).remove("examples");
            }
        }
        return json.put("report", report);
    }

    private static String time(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }
}
