package io.laneway.router.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.model.shift.Environment;
import io.laneway.router.model.shift.Pins;
import io.laneway.router.model.shift.Shift;
import io.laneway.router.model.shift.SlotRange;
import io.laneway.router.model.shift.SlotShare;
import io.laneway.router.model.shift.TenantSource;
import java.io.IOException;

/** Writes shifts. */
final class ShiftOut {

    private ShiftOut() {}

    static void shift(JsonGenerator json, Shift shift) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", shift.name());
        json.writeBooleanField("enabled", shift.enabled());
        JsonFields.list(json, "tenant", shift.tenant(), ShiftOut::source);
        JsonFields.list(json, "environments", shift.environments(), ShiftOut::environment);
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
            JsonFields.texts(json, "include", pins.include());
            JsonFields.texts(json, "exclude", pins.exclude());
            json.writeEndObject();
        }
        if (environment.slots() != null) {
            JsonFields.list(json, "slots", environment.slots(), ShiftOut::range);
        }
        requests(json, environment.requests());
        json.writeEndObject();
    }

    private static void requests(JsonGenerator json, SlotShare requests) throws IOException {
        if (!requests.equals(SlotShare.NONE)) {
            json.writeStringField("requests", requests.share().toString());
            if (requests.slots() != null) {
                JsonFields.list(json, "requestSlots", requests.slots(), ShiftOut::range);
            }
        }
    }

    private static void range(JsonGenerator json, SlotRange range) throws IOException {
        json.writeArray(new int[] {range.first(), range.last()}, 0, 2);
    }
}
