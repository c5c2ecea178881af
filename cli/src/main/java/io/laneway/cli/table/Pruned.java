package io.laneway.cli.table;

import io.laneway.cli.remote.Remote;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Names on standard error what is not in the files of a whole table, before it is removed. Blocks; stateless. */
final class Pruned {

    /** As many objects as a diff of the control API has at most. */
    private static final int MAX_OBJECTS = 1_000;

    private static final int SHOWN = 200;

    private Pruned() {}

    static void say(Remote remote, String table) {
        JsonObject response = (JsonObject) remote.ask("PUT", "/v1/table?dryRun=true", table);
        JsonArray diff = response.getJsonArray("diff", new JsonArray());
        for (int i = 0; i < diff.size(); i++) {
            JsonObject object = diff.getJsonObject(i);
            if (object.getString("kind").equals("routes")) {
                routes(remote, list(object.getValue("before")), list(object.getValue("after")));
            } else if ("removed".equals(object.getString("op"))) {
                remote.note("removes " + object.getString("kind") + " " + object.getString("name"));
            } else if (object.getString("name", "").isEmpty()) {
                // carriers and the base lane are always there
                remote.note("changes " + object.getString("kind"));
            }
        }
        if (diff.size() >= MAX_OBJECTS) {
            remote.note("and maybe more: only " + MAX_OBJECTS + " objects are looked at");
        }
    }

    /** Routes have no names: one that changes is another route. */
    private static void routes(Remote remote, JsonArray before, JsonArray after) {
        for (Object route : before) {
            if (!after.contains(route)) {
                String text = route instanceof JsonObject object ? object.encode() : String.valueOf(route);
                remote.note("removes route " + text.substring(0, Math.min(text.length(), SHOWN)));
            }
        }
    }

    private static JsonArray list(@Nullable Object routes) {
        return routes instanceof JsonArray list ? list : new JsonArray();
    }
}
