package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.codec.recording.RecordingForm;
import io.laneway.router.codec.route.RouteForm;
import io.laneway.router.codec.service.DeploymentForm;
import io.laneway.router.codec.service.ServiceForm;
import io.laneway.router.codec.shift.ShiftForm;
import io.laneway.router.document.form.Type;
import io.laneway.router.document.form.Types;
import io.laneway.router.model.route.Route;
import io.laneway.router.table.delta.TableChange;
import io.laneway.router.table.delta.TableDelta;
import java.io.IOException;
import java.util.List;

/** Writes deltas. */
final class DeltaOut {

    private static final Type<List<Route>> ROUTES = Types.list(RouteForm.FORM.type());

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
            ServiceForm.FORM.write(json, put.service());
        } else if (change instanceof TableChange.PutDeployment put) {
            json.writeStringField("put", "deployment");
            json.writeStringField("service", put.service().toString());
            json.writeFieldName("deployment");
            DeploymentForm.FORM.write(json, put.deployment());
        } else if (change instanceof TableChange.PutShift put) {
            put(json, "shift");
            ShiftForm.FORM.write(json, put.shift());
        } else if (change instanceof TableChange.PutRecording put) {
            put(json, "recording");
            RecordingForm.FORM.write(json, put.recording());
        } else if (change instanceof TableChange.SetCarriers set) {
            put(json, "carriers");
            CarriersForm.FORM.write(json, set.carriers());
        } else if (change instanceof TableChange.SetRoutes set) {
            json.writeStringField("put", "routes");
            json.writeFieldName("routes");
            ROUTES.writer().write(json, set.routes());
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
        } else if (change instanceof TableChange.RemoveRecording remove) {
            remove(json, "recording", remove.name());
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
