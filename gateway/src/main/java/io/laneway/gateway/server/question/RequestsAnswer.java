package io.laneway.gateway.server.question;

import io.laneway.gateway.telemetry.records.RequestRecords;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers questions of kind {@code requests}: what this gateway remembers of the requests with an id, or of a trace, the
 * newest where they are many. Stateless beside what remembers them.
 */
public final class RequestsAnswer implements Answerer.Document {

    /** The kind of question. */
    public static final String KIND = "requests";

    /** An answer has so many records at most, and so many characters. */
    static final int MOST = 128;

    private static final int MAX_CHARS = 192 * 1024;

    private final RequestRecords records;

    public RequestsAnswer(RequestRecords records) {
        this.records = records;
    }

    @Override
    public JsonObject answer(JsonObject filter) {
        Set<String> found = new LinkedHashSet<>();
        if (filter.getValue("request") instanceof String id) {
            found.addAll(records.byRequestId(id));
        }
        if (filter.getValue("trace") instanceof String id) {
            found.addAll(records.byTraceId(id));
        }
        List<String> all = List.copyOf(found);
        JsonArray newest = new JsonArray();
        int chars = 0;
        for (int i = all.size() - 1; i >= 0 && newest.size() < MOST; i--) {
            chars += all.get(i).length();
            if (chars > MAX_CHARS) {
                break;
            }
            newest.add(0, new JsonObject(all.get(i)));
        }
        JsonObject answer = new JsonObject().put("records", newest);
        return newest.size() < all.size() ? answer.put("more", all.size() - newest.size()) : answer;
    }
}
