package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.model.Carriers;
import io.laneway.router.model.LaneTable;
import java.io.IOException;
import java.util.List;

/** Writes tables and carriers. */
final class TableOut {

    private TableOut() {}

    static void table(JsonGenerator json, LaneTable table) throws IOException {
        json.writeStartObject();
        json.writeNumberField("schema", LaneTable.SCHEMA);
        json.writeNumberField("revision", table.revision());
        json.writeStringField("base", table.base());
        if (!table.carriers().equals(Carriers.DEFAULT)) {
            json.writeFieldName("carriers");
            carriers(json, table.carriers());
        }
        JsonFields.list(json, "lanes", table.lanes(), LaneForm.FORM::write);
        JsonFields.list(json, "services", table.services(), ServiceOut::service);
        JsonFields.list(json, "routes", table.routes(), RouteOut::route);
        JsonFields.list(json, "shifts", table.shifts(), ShiftOut::shift);
        json.writeEndObject();
    }

    static void carriers(JsonGenerator json, Carriers carriers) throws IOException {
        json.writeStartObject();
        names(json, "header", carriers.header(), Carriers.DEFAULT.header());
        names(json, "query", carriers.query(), Carriers.DEFAULT.query());
        names(json, "cookie", carriers.cookie(), Carriers.DEFAULT.cookie());
        names(json, "baggage", carriers.baggage(), Carriers.DEFAULT.baggage());
        names(json, "host", carriers.host(), Carriers.DEFAULT.host());
        json.writeEndObject();
    }

    private static void names(JsonGenerator json, String key, List<String> names, List<String> otherwise)
            throws IOException {
        if (!names.equals(otherwise)) {
            JsonFields.texts(json, key, names);
        }
    }
}
