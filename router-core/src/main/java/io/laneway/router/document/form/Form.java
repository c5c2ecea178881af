package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form of an object in documents, defined once by its keys: reader, writer, defaults, JSON Schema and the table of a
 * reference come from these. Immutable; safe for many threads.
 *
 * @param <T> the object
 */
public final class Form<T> implements NodeReader<T> {

    /** The values of the keys of one object that is read. */
    public static final class Read<T> {

        private final IdentityHashMap<Key<T, ?>, Object> values = new IdentityHashMap<>();

        private Read() {}

        /** The value of a key that is required or has a value where it is absent. */
        public <V> V of(Key<T, V> key) {
            return Objects.requireNonNull(orNull(key), key.name());
        }

        /** The value of a key, null if it is absent and has no value then. */
        @SuppressWarnings("unchecked") // a key's value was read by the key's own type
        public <V> @Nullable V orNull(Key<T, V> key) {
            return (V) values.get(key);
        }
    }

    private final String doc;
    private final List<Key<T, ?>> keys;
    private final Function<Read<T>, T> maker;

    private Form(String doc, List<Key<T, ?>> keys, Function<Read<T>, T> maker) {
        this.doc = doc;
        this.keys = keys;
        this.maker = maker;
    }

    /**
     * A form.
     *
     * @param doc   what the object is; empty if its name says it
     * @param maker makes the object of the values of its keys; what it refuses becomes a problem
     * @param keys  in the order in which they are written
     */
    public static <T> Form<T> of(String doc, Function<Read<T>, T> maker, List<Key<T, ?>> keys) {
        return new Form<>(doc, List.copyOf(keys), maker);
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        return read(node, null, problems);
    }

    /** Reads an object that is known by the value of its {@linkplain Key.Presence#IDENTITY identity}, if that is not null. */
    public @Nullable T read(Node node, @Nullable String known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Read<T> read = new Read<>();
        for (Key<T, ?> key : keys) {
            Object value = key.presence() == Key.Presence.IDENTITY && known != null
                    ? identity(fields, key.name(), known)
                    : value(fields, key);
            if (value != null) {
                read.values.put(key, value);
            }
        }
        return fields.build(() -> maker.apply(read));
    }

    private static <V> @Nullable V value(Fields fields, Key<?, V> key) {
        if (key.required()) {
            return fields.required(key.name(), key.type().name(), key.type().reader());
        }
        V value = fields.optional(key.name(), key.type().reader());
        return value == null ? key.fallback() : value;
    }

    private static String identity(Fields fields, String name, String known) {
        String written = fields.optionalText(name);
        if (written != null && !written.equals(known)) {
            fields.problem(name, "'" + written + "'", "'" + known + "', or nothing");
        }
        return known;
    }

    /** Writes the members of an object, without those that have their default. */
    public void write(JsonGenerator json, T object) throws IOException {
        json.writeStartObject();
        for (Key<T, ?> key : keys) {
            member(json, key, object);
        }
        json.writeEndObject();
    }

    private static <T, V> void member(JsonGenerator json, Key<T, V> key, T object) throws IOException {
        V value = key.getter().apply(object);
        if (value != null && !value.equals(key.fallback())) {
            json.writeFieldName(key.name());
            key.type().writer().write(json, value);
        }
    }

    /** The JSON Schema of the object (draft 2020-12), as it stands under {@code $defs}. */
    public void schema(JsonGenerator json) throws IOException {
        json.writeStartObject();
        if (!doc.isEmpty()) {
            json.writeStringField("description", doc);
        }
        json.writeStringField("type", "object");
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String name : required) {
                json.writeString(name);
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("properties");
        for (Key<T, ?> key : keys) {
            property(json, key);
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
        json.writeEndObject();
    }

    private static <V> void property(JsonGenerator json, Key<?, V> key) throws IOException {
        json.writeObjectFieldStart(key.name());
        key.type().schema().members(json);
        V fallback = key.fallback();
        if (fallback != null) {
            json.writeFieldName("default");
            key.type().writer().write(json, fallback);
        }
        if (!key.doc().isEmpty()) {
            json.writeStringField("description", key.doc());
        }
        json.writeEndObject();
    }
}
