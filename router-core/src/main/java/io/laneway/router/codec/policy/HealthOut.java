package io.laneway.router.codec.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.router.document.fields.JsonFields;
import io.laneway.router.policy.Ejection;
import io.laneway.router.policy.Health;
import java.io.IOException;
import java.util.Objects;

/** Writes the parts of a policy that judge endpoints. */
final class HealthOut {

    private HealthOut() {}

    static void ejection(JsonGenerator json, Ejection ejection) throws IOException {
        Ejection otherwise = Ejection.DEFAULT;
        if (ejection.equals(otherwise)) {
            return;
        }
        json.writeObjectFieldStart("ejection");
        JsonFields.number(json, "consecutive5xx", ejection.consecutive5xx(), otherwise.consecutive5xx());
        JsonFields.duration(json, "for", ejection.time(), otherwise.time());
        JsonFields.percent(json, "maxShare", ejection.maxShare(), otherwise.maxShare());
        json.writeEndObject();
    }

    static void health(JsonGenerator json, Health health) throws IOException {
        json.writeObjectFieldStart("health");
        switch (health.kind()) {
            case HTTP -> json.writeStringField("path", Objects.requireNonNullElse(health.path(), "/"));
            case GRPC -> json.writeStringField("grpc", Objects.requireNonNullElse(health.path(), ""));
            case TCP -> json.writeBooleanField("tcp", true);
        }
        JsonFields.duration(json, "interval", health.interval(), HealthForm.INTERVAL);
        JsonFields.duration(json, "timeout", health.timeout(), HealthForm.TIMEOUT);
        JsonFields.number(json, "unhealthyAfter", health.unhealthyAfter(), HealthForm.UNHEALTHY_AFTER);
        JsonFields.number(json, "healthyAfter", health.healthyAfter(), HealthForm.HEALTHY_AFTER);
        json.writeEndObject();
    }
}
