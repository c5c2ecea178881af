package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.codec.policy.PolicyForm;
import io.laneway.router.codec.recording.RecordingForm;
import io.laneway.router.codec.route.RouteForm;
import io.laneway.router.codec.service.ServiceForm;
import io.laneway.router.codec.shift.ShiftForm;
import io.laneway.router.document.form.Definition;
import io.laneway.router.document.form.Form;
import io.laneway.router.document.form.Types;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** All forms of a lane table, and its JSON Schema, which is made of them. Stateless. */
public final class TableForms {

    private TableForms() {}

    /** What the JSON Schema has under {@code $defs}, in its order. */
    public static List<Definition> definitions() {
        List<Definition> all = new ArrayList<>(Types.DEFINITIONS);
        all.add(CarriersForm.FORM);
        all.add(LaneForm.FORM);
        all.addAll(ServiceForm.definitions());
        all.addAll(PolicyForm.definitions());
        all.add(ServiceForm.FORM);
        all.addAll(RouteForm.definitions());
        all.addAll(ShiftForm.definitions());
        all.addAll(RecordingForm.definitions());
        return all;
    }

    /** The forms among them, and that of the table itself, which comes first. */
    public static List<Form<?>> forms() {
        List<Form<?>> all = new ArrayList<>();
        all.add(TableForm.FORM);
        for (Definition definition : definitions()) {
            if (definition instanceof Form<?> form) {
                all.add(form);
            }
        }
        return all;
    }

    /** The keys of a table, in the order in which they are written. */
    public static List<String> keys() {
        List<String> keys = new ArrayList<>();
        TableForm.FORM.keys().forEach(key -> keys.add(key.name()));
        return keys;
    }

    /** Writes the JSON Schema of a lane table (draft 2020-12). */
    public static void schema(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("$schema", "https://json-schema.org/draft/2020-12/schema");
        json.writeStringField("$id", "https://laneway.io/schema/table.json");
        json.writeStringField("title", "Laneway lane table");
        TableForm.FORM.members(json);
        json.writeObjectFieldStart("$defs");
        for (Definition definition : definitions()) {
            json.writeObjectFieldStart(definition.name());
            definition.members(json);
            json.writeEndObject();
        }
        json.writeEndObject();
        json.writeEndObject();
    }
}
