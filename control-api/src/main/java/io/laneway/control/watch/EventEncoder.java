package io.laneway.control.watch;

import io.laneway.control.store.Identity;
import io.laneway.control.store.Rows.PublishedRow;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * The events of the watch as server-sent events (HTML standard, section 9.2): {@code id} is the revision, {@code data}
 * one line of JSON that names the store, and the stores whose gateways may follow it.
 */
final class EventEncoder {

    /** Keeps the connection alive and says nothing. */
    static final Buffer COMMENT = Buffer.buffer(": still here\n\n");

    private EventEncoder() {}

    static Buffer snapshot(Identity store, long revision, String table) {
        return event("snapshot", revision, head(store) + ",\"revision\":" + revision + ",\"table\":" + table + "}");
    }

    /** The event of one revision; its changes are as the store has them. */
    static Buffer delta(Identity store, PublishedRow row) {
        return delta(store, row.revision() - 1, row.revision(), row.delta());
    }

    /** @param changes a list of them as JSON */
    static Buffer delta(Identity store, long from, long revision, String changes) {
        return event(
                "delta",
                revision,
                head(store) + ",\"from\":" + from + ",\"revision\":" + revision + ",\"changes\":" + changes + "}");
    }

    /** A question to gateways. It has no id: where a watch begins again is a matter of revisions. */
    static Buffer question(String question) {
        return Buffer.buffer("event: question\ndata: " + question + "\n\n");
    }

    private static String head(Identity store) {
        String json = new JsonObject()
                .put("store", store.id())
                .put("replaces", new JsonArray(store.replaces()))
                .encode();
        return json.substring(0, json.length() - 1);
    }

    private static Buffer event(String name, long id, String data) {
        return Buffer.buffer("event: " + name + "\nid: " + id + "\ndata: " + data + "\n\n");
    }
}
