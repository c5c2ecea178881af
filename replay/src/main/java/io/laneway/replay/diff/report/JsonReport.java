package io.laneway.replay.diff.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.laneway.replay.diff.place.Example;
import java.io.IOException;
import java.io.Writer;

/** A report as JSON, as docs/how-to/diff.md describes it. Stateless. */
public final class JsonReport {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private JsonReport() {}

    /** Writes a report. */
    public static void write(DiffReport report, Writer out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("form", "laneway-diff");
            json.writeNumberField("version", 1);
            json.writeNumberField("requests", report.requests());
            json.writeNumberField("uncompared", report.uncompared());
            json.writeBooleanField("differs", report.differs());
            json.writeArrayFieldStart("endpoints");
            for (DiffReport.EndpointRequests endpoint : report.endpoints()) {
                json.writeStartObject();
                json.writeStringField("endpoint", endpoint.endpoint());
                json.writeNumberField("requests", endpoint.requests());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeArrayFieldStart("findings");
            for (Finding finding : report.findings()) {
                finding(finding, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write(System.lineSeparator());
        out.flush();
    }

    private static void finding(Finding it, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("level", it.level().word());
        json.writeStringField("endpoint", it.endpoint());
        json.writeStringField("path", it.path());
        json.writeStringField("facet", it.facet().word());
        json.writeStringField("what", it.what());
        json.writeNumberField("requests", it.requests());
        json.writeNumberField("lane", it.lane());
        json.writeNumberField("base", it.base());
        json.writeNumberField("p", it.chance());
        json.writeArrayFieldStart("examples");
        for (Example example : it.examples()) {
            json.writeStartObject();
            json.writeStringField("request", example.request().id());
            json.writeStringField("curl", example.request().curl());
            json.writeStringField("base1", example.base());
            json.writeStringField("base2", example.again());
            json.writeStringField("lane", example.lane());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
