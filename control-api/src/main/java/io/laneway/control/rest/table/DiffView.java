package io.laneway.control.rest.table;

import io.laneway.control.store.Rows.ObjectKey;
import io.laneway.control.table.Bodies;
import io.laneway.control.table.ObjectKeys;
import io.laneway.control.table.TableObjects;
import io.laneway.router.table.delta.TableChange;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two tables, for people: each object before and after, and one line for each value that differs,
 * as far as {@value #MAX_OBJECTS} objects, four million characters and {@value #MAX_LINES} lines go.
 * Immutable.
 */
record DiffView(JsonArray json, List<String> lines) {

    private static final int MAX_LINES = 500;
    private static final int MAX_OBJECTS = 1_000;
    private static final int MAX_CHARS = 4 << 20;
    private static final int SHOWN = 120;

    DiffView {
        lines = List.copyOf(lines);
    }

    static DiffView of(TableObjects before, TableObjects after, List<TableChange> changes) {
        JsonArray objects = new JsonArray();
        List<String> lines = new ArrayList<>();
        long chars = 0;
        for (ObjectKey key : ObjectKeys.touched(changes)) {
            if (objects.size() >= MAX_OBJECTS && lines.size() > MAX_LINES) {
                break;
            }
            String old = Bodies.object(before, key);
            String now = Bodies.object(after, key);
            Object was = json(old);
            Object is = json(now);
            chars += length(old) + length(now);
            if (objects.size() < MAX_OBJECTS && (chars <= MAX_CHARS || objects.isEmpty())) {
                objects.add(new JsonObject()
                        .put("kind", key.kind())
                        .put("name", key.name())
                        .put("op", was == null ? "added" : is == null ? "removed" : "changed")
                        .put("before", was)
                        .put("after", is));
            }
            String name = (key.kind() + " " + key.name()).trim();
            if (was == null || is == null) {
                line(lines, name + (was == null ? ": added" : ": removed"));
            } else {
                compare(name + ": ", "", was, is, lines);
            }
        }
        return new DiffView(objects, lines);
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }

    private static @Nullable Object json(@Nullable String text) {
        return text == null ? null : Json.decodeValue(text);
    }

    private static void compare(
            String name, String path, @Nullable Object was, @Nullable Object is, List<String> lines) {
        if (was instanceof JsonObject a && is instanceof JsonObject b) {
            Set<String> keys = new LinkedHashSet<>(a.fieldNames());
            keys.addAll(b.fieldNames());
            for (String key : keys) {
                compare(name, path.isEmpty() ? key : path + "." + key, a.getValue(key), b.getValue(key), lines);
            }
        } else if (was instanceof JsonArray a && is instanceof JsonArray b) {
            for (int i = 0; i < Math.max(a.size(), b.size()); i++) {
                compare(
                        name,
                        path + "[" + i + "]",
                        i < a.size() ? a.getValue(i) : null,
                        i < b.size() ? b.getValue(i) : null,
                        lines);
            }
        } else if (was == null ? is != null : !was.equals(is)) {
            line(lines, name + path + ": " + shown(was) + " → " + shown(is));
        }
    }

    private static String shown(@Nullable Object value) {
        String text = value == null ? "nothing" : value instanceof String s ? s : Json.encode(value);
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }

    private static void line(List<String> lines, String line) {
        if (lines.size() < MAX_LINES) {
            lines.add(line);
        } else if (lines.size() == MAX_LINES) {
            lines.add("… and more");
        }
    }
}
