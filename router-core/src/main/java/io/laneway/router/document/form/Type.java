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
 * @param name   what is expected, for problems and the reference, such as {@code a text}
 * @param schema writes the members of its JSON Schema, such as {@code "type": "string"}
 */
public record Type<V>(String name, Schema schema, NodeReader<V> reader, Writer<V> writer) {

    /** Writes members of a JSON Schema. */
    @FunctionalInterface
    public interface Schema {
        /** Writes the members into the object that is open. */
        void members(JsonGenerator json) throws IOException;
    }

    /** Writes one value. */
    @FunctionalInterface
    public interface Writer<V> {
        /** Writes the value where a member's value is due. */
        void write(JsonGenerator json, V value) throws IOException;
    }

    /** This type, or the word {@code off} for a value of it, null for the absence of one. */
    public Type<V> orOff(@Nullable V off) {
        return new Type<>(
                name + ", or off",
                json -> {
                    json.writeArrayFieldStart("oneOf");
                    json.writeStartObject();
                    json.writeStringField("const", "off");
                    json.writeEndObject();
                    json.writeStartObject();
                    schema.members(json);
                    json.writeEndObject();
                    json.writeEndArray();
                },
                (node, problems) -> isOff(node) ? off : reader.read(node, problems),
                writer);
    }

    private static boolean isOff(Node node) {
        return node instanceof Scalar scalar && scalar.text().equals("off");
    }
}
