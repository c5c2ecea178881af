package io.laneway.router.tableform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.model.Environment;
import io.laneway.router.model.Pins;
import io.laneway.router.model.Portion;
import io.laneway.router.model.Shift;
import io.laneway.router.model.SlotRange;
import io.laneway.router.model.TenantSource;
import java.io.IOException;

/** Writes shifts. */
final class ShiftOut {

    private ShiftOut() {}

    static void shift(JsonGenerator json, Shift shift) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", shift.name());
        json.writeBooleanField("enabled", shift.enabled());
        Json.list(json, "tenant", shift.tenant(), ShiftOut::source);
        Json.list(json, "environments", shift.environments(), ShiftOut::environment);
        json.writeEndObject();
    }

    private static void source(JsonGenerator json, TenantSource source) throws IOException {
        json.writeStartObject();
        json.writeStringField(source.kind().word(), source.name());
        json.writeEndObject();
    }

    private static void environment(JsonGenerator json, Environment environment) throws IOException {
        json.writeStartObject();
        json.writeStringField("lane", environment.lane());
        json.writeStringField("share", environment.share().toString());
        Pins pins = environment.tenants();
        if (!pins.equals(Pins.NONE)) {
            json.writeObjectFieldStart("tenants");
            Json.texts(json, "include", pins.include());
            Json.texts(json, "exclude", pins.exclude());
            json.writeEndObject();
        }
        if (environment.slots() != null) {
            Json.list(json, "slots", environment.slots(), ShiftOut::range);
        }
        requests(json, environment.requests());
        json.writeEndObject();
    }

    private static void requests(JsonGenerator json, Portion requests) throws IOException {
        if (!requests.equals(Portion.NONE)) {
            json.writeStringField("requests", requests.share().toString());
            if (requests.slots() != null) {
                Json.list(json, "requestSlots", requests.slots(), ShiftOut::range);
            }
        }
    }

    private static void range(JsonGenerator json, SlotRange range) throws IOException {
        json.writeArray(new int[] {range.first(), range.last()}, 0, 2);
    }
}
