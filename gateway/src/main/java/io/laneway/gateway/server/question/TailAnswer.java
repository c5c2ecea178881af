package io.laneway.gateway.server.question;

import io.laneway.gateway.telemetry.records.Tail;
import io.laneway.gateway.telemetry.tap.RecordFilter;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers questions of kind {@code tail}: requests as they finish. Conditions that a newer control API knows and this
 * gateway does not are an error: without them others would be shown. Stateless beside the tail.
 */
public final class TailAnswer implements Answerer.Lines {

    /** The kind of question. */
    public static final String KIND = "tail";

    /** Not a condition: how many lines a second are wanted. */
    static final String LIMIT = "limit";

    private final Tail tail;

    public TailAnswer(Tail tail) {
        this.tail = tail;
    }

    @Override
    public Tail.Open open(JsonObject filter, Tail.Reader reader) {
        Map<String, String> conditions = new HashMap<>();
        filter.forEach(one -> conditions.put(one.getKey(), String.valueOf(one.getValue())));
        conditions.remove(LIMIT);
        return tail.open(RecordFilter.parse(conditions), reader);
    }
}
