package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.io.IOException;
import java.util.List;

/** Writes deltas. */
final class DeltaOut {

    private DeltaOut() {}

    static void delta(JsonGenerator json, TableDelta delta) throws IOException {
        json.writeStartObject();
        json.writeNumberField("from", delta.from());
        json.writeNumberField("revision", delta.revision());
        json.writeFieldName("changes");
        changes(json, delta.changes());
        json.writeEndObject();
    }

    static void changes(JsonGenerator json, List<TableChange> changes) throws IOException {
        json.writeStartArray();
        for (TableChange change : changes) {
            json.writeStartObject();
            change(json, change);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void change(JsonGenerator json, TableChange change) throws IOException {
        if (change instanceof TableChange.PutLane put) {
            put(json, "lane");
            LaneForm.FORM.write(json, put.lane());
        } else if (change instanceof TableChange.PutService put) {
            put(json, "service");
            ServiceOut.service(json, put.service());
        } else if (change instanceof TableChange.PutDeployment put) {
            json.writeStringField("put", "deployment");
            json.writeStringField("service", put.service().toString());
            json.writeFieldName("deployment");
            ServiceOut.deployment(json, put.deployment());
        } else if (change instanceof TableChange.PutShift put) {
            put(json, "shift");
            ShiftOut.shift(json, put.shift());
        } else if (change instanceof TableChange.SetCarriers set) {
            put(json, "carriers");
            TableOut.carriers(json, set.carriers());
        } else if (change instanceof TableChange.SetRoutes set) {
            json.writeStringField("put", "routes");
            JsonFields.list(json, "routes", set.routes(), RouteOut::route);
        } else if (change instanceof TableChange.SetBase set) {
            json.writeStringField("put", "base");
            json.writeStringField("base", set.base());
        } else {
            removal(json, change);
        }
    }

    private static void removal(JsonGenerator json, TableChange change) throws IOException {
        if (change instanceof TableChange.RemoveLane remove) {
            remove(json, "lane", remove.name());
        } else if (change instanceof TableChange.RemoveService remove) {
            remove(json, "service", remove.id().toString());
        } else if (change instanceof TableChange.RemoveShift remove) {
            remove(json, "shift", remove.name());
        } else if (change instanceof TableChange.RemoveDeployment remove) {
            json.writeStringField("remove", "deployment");
            json.writeStringField("service", remove.service().toString());
            json.writeStringField("lane", remove.lane());
        }
    }

    private static void put(JsonGenerator json, String kind) throws IOException {
        json.writeStringField("put", kind);
        json.writeFieldName(kind);
    }

    private static void remove(JsonGenerator json, String kind, String name) throws IOException {
        json.writeStringField("remove", kind);
        json.writeStringField(kind, name);
    }
}
