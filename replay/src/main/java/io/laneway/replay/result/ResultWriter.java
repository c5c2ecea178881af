package io.laneway.replay.result;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import io.laneway.replay.file.LinesWriter;
import io.laneway.replay.form.LineWriter;
import io.laneway.replay.form.RecordedResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Writes a file of results: JSON Lines in gzip members, as docs/reference/recording.md describes them. Confined to one thread. */
public final class ResultWriter implements ResultSink, AutoCloseable {

    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private final LinesWriter lines;

    private ResultWriter(LinesWriter lines) {
        this.lines = lines;
    }

    /** Makes a file that only its owner can read, with its first line; it must not be there. */
    public static ResultWriter create(Path file, ReplayHeader header) throws IOException {
        return new ResultWriter(LinesWriter.create(file, out -> header(header, out)));
    }

    /** Appends to a file behind its whole members, which end at that byte. */
    public static ResultWriter append(Path file, long end) throws IOException {
        return new ResultWriter(LinesWriter.append(file, end));
    }

    private static void header(ReplayHeader header, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeStringField("form", "laneway-replay");
            json.writeNumberField("version", ReplayHeader.VERSION);
            json.writeStringField("replay", header.replay());
            json.writeStringField("source", header.source());
            json.writeStringField("to", header.to());
            json.writeStringField("lane", header.lane());
            if (!header.against().isEmpty()) {
                json.writeStringField("against", header.against());
            }
            json.writeStringField("created", header.created().toString());
            json.writeEndObject();
        }
        out.write('\n');
    }

    /** Adds a request; it is in the file when its member has ended. */
    @Override
    public void write(ReplayedRequest request) throws IOException {
        lines.write(out -> request(request, out));
    }

    private static void request(ReplayedRequest request, OutputStream out) throws IOException {
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("sequence", request.sequence());
            LineWriter.members(request.recorded(), json);
            json.writeArrayFieldStart("responses");
            for (ReplayedResponse response : request.responses()) {
                response(response, json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        out.write('\n');
    }

    private static void response(ReplayedResponse response, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("side", response.side().text());
        json.writeStringField("sent", response.sent().toString());
        json.writeNumberField("late", LineWriter.millis(response.late()));
        json.writeNumberField("duration", LineWriter.millis(response.duration()));
        RecordedResponse got = response.response();
        if (got == null) {
            json.writeStringField("error", response.error());
        } else {
            LineWriter.members(got, json);
        }
        json.writeEndObject();
    }

    /** Ends the member and writes it. */
    @Override
    public void flush() throws IOException {
        lines.flush();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
