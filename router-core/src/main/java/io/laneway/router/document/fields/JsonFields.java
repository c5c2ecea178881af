package io.laneway.router.document.fields;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.unit.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes members unless they have their default. Confined to one thread. */
public final class JsonFields {

    private JsonFields() {}

    /** Writes one value of a list. */
    @FunctionalInterface
    public interface Item<T> {
        void write(JsonGenerator json, T value) throws IOException;
    }

    public static void text(JsonGenerator json, String key, @Nullable String value, @Nullable String otherwise)
            throws IOException {
        if (value != null && !value.equals(otherwise)) {
            json.writeStringField(key, value);
        }
    }

    public static void number(JsonGenerator json, String key, long value, long otherwise) throws IOException {
        if (value != otherwise) {
            json.writeNumberField(key, value);
        }
    }

    public static void bool(JsonGenerator json, String key, boolean value, boolean otherwise) throws IOException {
        if (value != otherwise) {
            json.writeBooleanField(key, value);
        }
    }

    public static void duration(JsonGenerator json, String key, @Nullable Duration value, @Nullable Duration otherwise)
            throws IOException {
        if (value != null && !value.equals(otherwise)) {
            json.writeStringField(key, Durations.format(value));
        }
    }

    public static void percent(JsonGenerator json, String key, int value, int otherwise) throws IOException {
        if (value != otherwise) {
            json.writeStringField(key, value + "%");
        }
    }

    public static void texts(JsonGenerator json, String key, Collection<String> values) throws IOException {
        list(json, key, values, JsonGenerator::writeString);
    }

    public static <T> void list(JsonGenerator json, String key, Collection<T> values, Item<T> item) throws IOException {
        json.writeArrayFieldStart(key);
        for (T value : values) {
            item.write(json, value);
        }
        json.writeEndArray();
    }

    public static void map(JsonGenerator json, String key, Map<String, String> values) throws IOException {
        if (values.isEmpty()) {
            return;
        }
        json.writeObjectFieldStart(key);
        for (Map.Entry<String, String> entry : new TreeMap<>(values).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }
}
