package io.laneway.gateway.server.admin;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows configuration records as JSON, without what is secret. */
final class ShownConfig {

    private static final String REDACTED = "[redacted]";

    /** Components whose value, or whose members' values, are not to be shown. */
    private static final Set<String> SECRET = Set.of("token", "properties", "exportHeaders");

    /** Records that are shown as the text that they were read from. */
    private static final Set<String> TEXTS = Set.of("Address", "Network");

    private ShownConfig() {}

    static JsonObject of(Record value) {
        JsonObject shown = new JsonObject();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            Object member = read(value, component);
            shown.put(component.getName(), SECRET.contains(component.getName()) ? redacted(member) : of(member));
        }
        return shown;
    }

    private static @Nullable Object of(@Nullable Object value) {
        if (value instanceof Record record) {
            return TEXTS.contains(record.getClass().getSimpleName()) ? record.toString() : of(record);
        }
        if (value instanceof Collection<?> list) {
            JsonArray shown = new JsonArray();
            list.forEach(item -> shown.add(of(item)));
            return shown;
        }
        if (value instanceof Map<?, ?> map) {
            JsonObject shown = new JsonObject();
            map.forEach((key, member) -> shown.put(String.valueOf(key), of(member)));
            return shown;
        }
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return value;
        }
        return value.toString();
    }

    private static @Nullable Object redacted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            JsonObject shown = new JsonObject();
            map.keySet().forEach(key -> shown.put(String.valueOf(key), REDACTED));
            return shown;
        }
        return value == null ? null : REDACTED;
    }

    private static @Nullable Object read(Record value, RecordComponent component) {
        try {
            return component.getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a public record's component cannot be read: " + component, e);
        }
    }
}
