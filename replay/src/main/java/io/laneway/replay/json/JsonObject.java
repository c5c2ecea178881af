package io.laneway.replay.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An object of a document with its place, whose members are asked for by name and kind; what is of another kind is an
 * {@link UnexpectedJson} that says where and what was expected. Immutable.
 */
public record JsonObject(String place, Map<?, ?> members) {

    /** The object that this value is. */
    public static JsonObject of(String place, @Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            return new JsonObject(place, members);
        }
        throw new UnexpectedJson(place + ": " + said(value), "an object");
    }

    /** The same as the document itself, whose members' places are their names. */
    public JsonObject atRoot() {
        return new JsonObject("", members);
    }

    /** Whether there is a member of that name which is not null. */
    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** The text of that name. */
    public String text(String name) {
        Object value = members.get(name);
        if (value instanceof String text) {
            return text;
        }
        throw unexpected(name, value, "a text");
    }

    /** The text of that name, or this one if there is none. */
    public String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    /** The text of that name, null if there is none. */
    public @Nullable String textOrNull(String name) {
        return has(name) ? text(name) : null;
    }

    /** The number of that name, or this one if there is none. */
    public double number(String name, double otherwise) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw unexpected(name, value, "a number");
    }

    /** The whole number of that name, or this one if there is none. */
    public long whole(String name, long otherwise) {
        Object value = members.get(name);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer || value instanceof Long) {
            return ((Number) value).longValue();
        }
        throw unexpected(name, value, "a whole number");
    }

    /** Whether the member of that name is true. */
    public boolean flag(String name) {
        Object value = members.get(name);
        if (value == null || value instanceof Boolean) {
            return Boolean.TRUE.equals(value);
        }
        throw unexpected(name, value, "true or false");
    }

    /** The object of that name. */
    public JsonObject object(String name) {
        return of(path(name), members.get(name));
    }

    /** The items of the list of that name, empty if there is none. */
    public List<?> list(String name) {
        Object value = members.get(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> items) {
            return items;
        }
        throw unexpected(name, value, "a list");
    }

    /** The texts of the list of that name, empty if there is none. */
    public List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        for (Object item : list(name)) {
            if (!(item instanceof String text)) {
                throw unexpected(name, item, "texts");
            }
            texts.add(text);
        }
        return List.copyOf(texts);
    }

    /** The objects of the list of that name, empty if there is none. */
    public List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object item : list(name)) {
            objects.add(of(path(name) + "[" + objects.size() + "]", item));
        }
        return objects;
    }

    /** That the member of this name is not as it has to be. */
    public UnexpectedJson unexpected(String name, @Nullable Object value, String expected) {
        return new UnexpectedJson(path(name) + ": " + said(value), expected);
    }

    private String path(String name) {
        return place.isEmpty() ? name : place + "." + name;
    }

    /** The kind of a value and never the value, which may be a secret. */
    private static String said(@Nullable Object value) {
        if (value == null) {
            return "not there";
        }
        return value instanceof String
                ? "a text"
                : value instanceof Number || value instanceof Boolean
                        ? value.toString()
                        : value instanceof List ? "a list" : "an object";
    }
}
