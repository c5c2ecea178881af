package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.table.TableDelta;
import io.laneway.router.table.TableDelta.Change;
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

    static void changes(JsonGenerator json, List<Change> changes) throws IOException {
        json.writeStartArray();
        for (Change change : changes) {
            json.writeStartObject();
            change(json, change);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void change(JsonGenerator json, Change change) throws IOException {
        if (change instanceof TableDelta.PutLane put) {
            put(json, "lane");
            TableOut.lane(json, put.lane());
        } else if (change instanceof TableDelta.PutService put) {
            put(json, "service");
            ServiceOut.service(json, put.service());
        } else if (change instanceof TableDelta.PutDeployment put) {
            json.writeStringField("put", "deployment");
            json.writeStringField("service", put.service().toString());
            json.writeFieldName("deployment");
            ServiceOut.deployment(json, put.deployment());
        } else if (change instanceof TableDelta.PutShift put) {
            put(json, "shift");
            ShiftOut.shift(json, put.shift());
        } else if (change instanceof TableDelta.SetCarriers set) {
            put(json, "carriers");
            TableOut.carriers(json, set.carriers());
        } else if (change instanceof TableDelta.SetRoutes set) {
            json.writeStringField("put", "routes");
            Json.list(json, "routes", set.routes(), RouteOut::route);
        } else if (change instanceof TableDelta.SetBase set) {
            json.writeStringField("put", "base");
            json.writeStringField("base", set.base());
        } else {
            removal(json, change);
        }
    }

    private static void removal(JsonGenerator json, Change change) throws IOException {
        if (change instanceof TableDelta.RemoveLane remove) {
            remove(json, "lane", remove.name());
        } else if (change instanceof TableDelta.RemoveService remove) {
            remove(json, "service", remove.id().toString());
        } else if (change instanceof TableDelta.RemoveShift remove) {
            remove(json, "shift", remove.name());
        } else if (change instanceof TableDelta.RemoveDeployment remove) {
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
