package io.laneway.replay.form;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Writes the lines of a recording, as docs/reference/recording.md describes them. Safe for many threads. */
public final class LineWriter {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private LineWriter() {}

    /** Writes the first line of a file, with its end. */
    public static void header(RecordingHeader header, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("form", "laneway-recording");
            json.writeNumberField("version", RecordingHeader.VERSION);
            json.writeStringField("recording", header.recording());
            text(json, "gateway", header.gateway());
            json.writeStringField("created", header.created().toString());
            json.writeBooleanField("redacted", header.redacted());
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** Writes the line of one request, with its end. */
    public static void exchange(RecordedExchange exchange, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            members(exchange, json);
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** Writes the members of the line of one request into the object that is open. */
    public static void members(RecordedExchange exchange, JsonGenerator json) throws IOException {
        json.writeStringField("id", exchange.id());
        text(json, "trace", exchange.trace());
        text(json, "client", exchange.client());
        json.writeStringField("time", exchange.time().toString());
        json.writeNumberField("firstByte", millis(exchange.firstByte()));
        json.writeNumberField("duration", millis(exchange.duration()));
        decision(json, exchange.decision());
        request(json, exchange.request());
        RecordedResponse response = exchange.response();
        if (response != null) {
            response(json, response);
        }
        if (exchange.socket() != null) {
            SocketMembers.write(exchange.socket(), json);
        }
        text(json, "failure", exchange.failure());
        if (!exchange.redacted().isEmpty()) {
            json.writeArrayFieldStart("redacted");
            for (String place : exchange.redacted()) {
                json.writeString(place);
            }
            json.writeEndArray();
        }
    }

    private static void decision(JsonGenerator json, RecordedDecision decision) throws IOException {
        text(json, "gateway", decision.gateway());
        text(json, "service", decision.service());
        text(json, "route", decision.route());
        text(json, "tenant", decision.tenant());
        if (!decision.requested().isEmpty() || !decision.served().isEmpty()) {
            json.writeObjectFieldStart("lane");
            text(json, "requested", decision.requested());
            text(json, "served", decision.served());
            json.writeEndObject();
        }
        text(json, "reason", decision.reason());
        if (decision.revision() > 0) {
            json.writeNumberField("revision", decision.revision());
        }
    }

    private static void request(JsonGenerator json, RecordedRequest request) throws IOException {
        json.writeObjectFieldStart("request");
        json.writeStringField("protocol", request.protocol());
        json.writeStringField("method", request.method());
        json.writeStringField("scheme", request.scheme());
        json.writeStringField("authority", request.authority());
        json.writeStringField("target", request.target());
        fields(json, "headers", request.headers());
        BodyMembers.write(request.body(), json);
        fields(json, "trailers", request.trailers());
        json.writeEndObject();
    }

    private static void response(JsonGenerator json, RecordedResponse response) throws IOException {
        json.writeObjectFieldStart("response");
        members(response, json);
        json.writeEndObject();
    }

    /** Writes the members of a response into the object that is open. */
    public static void members(RecordedResponse response, JsonGenerator json) throws IOException {
        json.writeNumberField("status", response.status());
        String grpc = response.grpcStatus();
        text(json, "grpcStatus", grpc == null ? "" : grpc);
        fields(json, "headers", response.headers());
        BodyMembers.write(response.body(), json);
        fields(json, "trailers", response.trailers());
    }

    private static void fields(JsonGenerator json, String name, List<Field> fields) throws IOException {
        if (fields.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (Field field : fields) {
            json.writeStartArray();
            json.writeString(field.name());
            json.writeString(field.value());
            json.writeEndArray();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String text) throws IOException {
        if (!text.isEmpty()) {
            json.writeStringField(name, text);
        }
    }

    /** Milliseconds with three decimals. */
    public static BigDecimal millis(Duration duration) {
        return BodyMembers.millis(duration);
    }
}
