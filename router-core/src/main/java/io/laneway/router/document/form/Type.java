package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.NodeReader;
import io.laneway.router.document.tree.Node;
import io.laneway.router.document.tree.Scalar;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A type of value in documents: how it is read, written, described in JSON Schema and named in a reference. Immutable;
 * safe for many threads.
 *
 * @param name   what is expected, for problems, such as {@code a text}
 * @param label  the type in a reference, in Markdown, such as {@code list of texts}
 * @param schema writes the members of its JSON Schema, such as {@code "type": "string"}
 */
public record Type<V>(String name, String label, Schema schema, NodeReader<V> reader, Writer<V> writer) {

    /** Writes members of a JSON Schema. */
    @FunctionalInterface
    public interface Schema {
        /** Writes the members into the object that is open. */
        void members(JsonGenerator json) throws IOException;

        /** Writes the schema as one of a list of them. */
        default void item(JsonGenerator json) throws IOException {
            json.writeStartObject();
            members(json);
            json.writeEndObject();
        }

        /** A schema that takes what any of some take. */
        static Schema oneOf(Schema... all) {
            return json -> {
                json.writeArrayFieldStart("oneOf");
                for (Schema one : all) {
                    one.item(json);
                }
                json.writeEndArray();
            };
        }

        /** A schema that takes one word. */
        static Schema word(String word) {
            return json -> json.writeStringField("const", word);
        }
    }

    /** Writes one value. */
    @FunctionalInterface
    public interface Writer<V> {
        /** Writes the value where a member's value is due. */
        void write(JsonGenerator json, V value) throws IOException;
    }

    /** This type under another label. */
    public Type<V> labelled(String other) {
        return new Type<>(name, other, schema, reader, writer);
    }

    /** This type with more members in its schema. */
    public Type<V> with(Schema more) {
        return new Type<>(
                name,
                label,
                json -> {
                    schema.members(json);
                    more.members(json);
                },
                reader,
                writer);
    }

    /** This type, or the word {@code off} for a value of it, null for the absence of one. */
    public Type<V> orOff(@Nullable V off) {
        return new Type<>(
                name + ", or off",
                label + ", or `off`",
                Schema.oneOf(Schema.word("off"), schema),
                (node, problems) -> isOff(node) ? off : reader.read(node, problems),
                writer);
    }

    private static boolean isOff(Node node) {
        return node instanceof Scalar scalar && scalar.text().equals("off");
    }
}
