package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.Fields;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Mapping;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The form of an object in documents, defined once by its keys: reader, writer, defaults, JSON Schema and the table of a
 * reference come from these. Immutable; safe for many threads.
 *
 * @param <T> the object
 */
public final class Form<T> implements NodeReader<T>, Definition {

    private final String name;
    private final String doc;
    private final Function<Read<T>, T> maker;
    private final List<Key<T, ?>> keys;
    private final List<Rule<T>> rules;
    private final Type.Schema more;

    private Form(
            String name,
            String doc,
            Function<Read<T>, T> maker,
            List<Key<T, ?>> keys,
            List<Rule<T>> rules,
            Type.Schema more) {
        this.name = name;
        this.doc = doc;
        this.maker = maker;
        this.keys = keys;
        this.rules = rules;
        this.more = more;
    }

    /**
     * A form.
     *
     * @param name  in the JSON Schema
     * @param doc   what the object is; empty if its name says it
     * @param maker makes the object of the values of its keys; what it refuses becomes a problem
     * @param keys  in the order in which they are written
     */
    public static <T> Form<T> of(String name, String doc, Function<Read<T>, T> maker, List<Key<T, ?>> keys) {
        return new Form<>(name, doc, maker, List.copyOf(keys), List.of(), json -> {});
    }

    /** The same form with a rule over several of its keys. */
    public Form<T> where(Rule<T> rule) {
        List<Rule<T>> all = new ArrayList<>(rules);
        all.add(rule);
        return new Form<>(name, doc, maker, keys, List.copyOf(all), more);
    }

    /** The same form with what a JSON Schema can say of several of its keys at once. */
    public Form<T> schema(Type.Schema members) {
        return new Form<>(name, doc, maker, keys, rules, members);
    }

    @Override
    public String name() {
        return name;
    }

    /** The keys in the order in which they are written. */
    public List<Key<T, ?>> keys() {
        return keys;
    }

    /** The type of keys whose values have this form. */
    public Type<T> type() {
        return new Type<>("a mapping", Definition.label(name), Definition.reference(name), this, this::write);
    }

    @Override
    public @Nullable T read(Node node, Problems problems) {
        return read(node, null, problems);
    }

    /**
     * Reads an object.
     *
     * @param known the values of its {@linkplain Key.Presence#IDENTITY identity}, null if the document has to say them
     */
    public @Nullable T read(Node node, @Nullable Map<String, String> known, Problems problems) {
        Fields fields = Fields.of(node, problems);
        Read<T> read = new Read<>(keys);
        for (int i = 0; i < keys.size(); i++) {
            Key<T, ?> key = keys.get(i);
            read.put(
                    i,
                    known != null && key.identifies()
                            ? identity(fields, key.name(), known.get(key.name()))
                            : value(fields, key));
        }
        if (node instanceof Mapping) {
            rules.forEach(rule -> rule.check(fields, read));
        }
        return fields.build(() -> maker.apply(read));
    }

    private static <V> @Nullable V value(Fields fields, Key<?, V> key) {
        if (isRequired(fields, key)) {
            return fields.required(key.name(), key.type().name(), key.type().reader());
        }
        if (fields.isEmpty(key.name()) && !isEmpty(key.fallback())) {
            fields.withValue(key.name(), key.type().name());
            return key.fallback();
        }
        V value = fields.optionalNode(key.name()) == null
                ? null
                : fields.optional(key.name(), key.type().reader());
        return value == null ? key.fallback() : value;
    }

    /** Whether a key without a value, as a list of which all was commented out, can mean nothing else. */
    private static boolean isEmpty(@Nullable Object fallback) {
        return (fallback instanceof Collection<?> values && values.isEmpty())
                || (fallback instanceof Map<?, ?> map && map.isEmpty());
    }

    private static boolean isRequired(Fields fields, Key<?, ?> key) {
        if (key.presence() != Key.Presence.REQUIRED && key.presence() != Key.Presence.IDENTITY) {
            return false;
        }
        boolean beside = false;
        for (String other : key.unless()) {
            beside |= fields.has(other);
        }
        return !beside;
    }

    private static @Nullable String identity(Fields fields, String name, @Nullable String known) {
        String written = fields.optionalText(name);
        if (written != null && !written.equals(known)) {
            String expected = known == null ? "no " + name : "'" + known + "', or nothing";
            fields.problem(name, "'" + written + "'", expected);
        }
        return known;
    }

    /** Writes the members of an object, without those that have their default. */
    public void write(JsonGenerator json, T object) throws IOException {
        json.writeStartObject();
        for (Key<T, ?> key : keys) {
            key.write(json, object);
        }
        json.writeEndObject();
    }

    /** An object as JSON, without what has its default. */
    public String json(T object) {
        return Json.text(json -> write(json, object));
    }

    @Override
    public void members(JsonGenerator json) throws IOException {
        if (!doc.isEmpty()) {
            json.writeStringField("description", doc);
        }
        json.writeStringField("type", "object");
        List<String> required =
                keys.stream().filter(Key::required).map(Key::name).toList();
        if (!required.isEmpty()) {
            json.writeArrayFieldStart("required");
            for (String key : required) {
                json.writeString(key);
            }
            json.writeEndArray();
        }
        json.writeObjectFieldStart("properties");
        for (Key<T, ?> key : keys) {
            property(json, key);
        }
        json.writeEndObject();
        json.writeBooleanField("additionalProperties", false);
        more.members(json);
    }

    private static <V> void property(JsonGenerator json, Key<?, V> key) throws IOException {
        json.writeObjectFieldStart(key.name());
        key.type().schema().members(json);
        String fallback = key.defaultJson();
        if (fallback != null && !fallback.equals("{}") && !fallback.equals("[]")) {
            json.writeFieldName("default");
            json.writeRawValue(fallback);
        }
        if (!key.doc().isEmpty()) {
            json.writeStringField("description", key.doc());
        }
        json.writeEndObject();
    }
}
