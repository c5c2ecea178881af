package io.laneway.router.document.form;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What a JSON Schema has under {@code $defs}: a named part that others refer to. */
public interface Definition {

    /** The name, such as {@code Lane}. */
    String name();

    /** Writes the members of its schema into the object that is open. */
    void members(JsonGenerator json) throws IOException;

    /** The members of a schema that refers to a definition. */
    static Type.Schema reference(String name) {
        return json -> json.writeStringField("$ref", "#/$defs/" + name);
    }

    /** How the label of a type refers to a definition: the reference makes a link of it. */
    static String label(String name) {
        return "<" + name + ">";
    }
}
