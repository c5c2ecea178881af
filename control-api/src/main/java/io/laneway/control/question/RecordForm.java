package io.laneway.control.question;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The form of a record of a gateway: which kind of value each member has that readers rely on. A member may be absent or
 * null, and a newer gateway may have more. Stateless.
 */
final class RecordForm {

    private static final Map<String, Kind> MEMBERS = members();

    /** What a value is to be. */
    private record Kind(Predicate<Object> holds, String expected) {}

    private RecordForm() {}

    private static Map<String, Kind> members() {
        Map<String, Kind> members = new LinkedHashMap<>();
        Kind text = new Kind(String.class::isInstance, "a string");
        for (String name : new String[] {
            "gateway", "service", "path", "method", "authority", "user_agent", "x_request_id", "x_forwarded_for",
            "start_time", "lane", "lane_requested", "decision", "upstream_host", "trace_id", "parent_id", "origin",
            "carrier", "tenant"
        }) {
            members.put(name, text);
        }
        members.put("hop", new Kind(RecordForm::counts, "an integer of at least 0"));
        Kind number = new Kind(Number.class::isInstance, "a number");
        for (String name : new String[] {"response_code", "duration", "upstream_service_time", "table_revision"}) {
            members.put(name, number);
        }
        members.put("attempts", new Kind(RecordForm::objects, "an array of objects"));
        members.put("now", new Kind(RecordForm::decision, "an object whose tenant is a string"));
        return members;
    }

    private static boolean counts(Object value) {
        return value instanceof Integer count && count >= 0;
    }

    private static boolean objects(Object value) {
        return value instanceof JsonArray array && array.stream().allMatch(JsonObject.class::isInstance);
    }

    private static boolean decision(Object value) {
        return value instanceof JsonObject now
                && (now.getValue("tenant") == null || now.getValue("tenant") instanceof String);
    }

    /** What is wrong with a record and what is expected, without its values; null if it is of the form. */
    static @Nullable String problem(@Nullable Object record) {
        if (!(record instanceof JsonObject object)) {
            return "it is no object (expected: an object)";
        }
        for (Map.Entry<String, Kind> member : MEMBERS.entrySet()) {
            Object value = object.getValue(member.getKey());
            if (value != null && !member.getValue().holds().test(value)) {
                return member.getKey() + " (expected: " + member.getValue().expected() + ")";
            }
        }
        return null;
    }
}
