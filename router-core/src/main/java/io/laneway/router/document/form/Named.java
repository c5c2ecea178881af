package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/**
 * A type that has a name of its own in the JSON Schema. Immutable.
 *
 * @param type as it is defined; keys have its {@linkplain #reference() reference}
 */
public record Named<V>(String name, Type<V> type) implements Definition {

    /** The type, by its name. */
    public Type<V> reference() {
        return new Type<>(type.name(), type.label(), Definition.reference(name), type.reader(), type.writer());
    }

    @Override
    public void members(JsonGenerator json) throws IOException {
        type.schema().members(json);
    }
}
