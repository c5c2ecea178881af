package io.laneway.replay.result;

import io.laneway.replay.file.LinesReader;
import io.laneway.replay.file.Tail;
import io.laneway.replay.form.LineReader;
import io.laneway.replay.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a file of results, one member in memory at a time. Confined to one thread. */
public final class ResultReader implements AutoCloseable {

    private final LinesReader lines;

    private ReplayHeader header = new ReplayHeader("", "", "", "", "", Instant.EPOCH);

    private ResultReader(LinesReader lines) {
        this.lines = lines;
    }

    /** Opens the file and reads its first line. */
    public static ResultReader open(Path file) throws IOException {
        ResultReader reader = new ResultReader(LinesReader.open(file));
        try {
            reader.header = reader.lines.first(ResultReader::header, "{\"form\":\"laneway-replay\",...}");
            return reader;
        } catch (IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** What the file says of itself. */
    public ReplayHeader header() {
        return header;
    }

    /** The line that was read last; the first is 1. */
    public long line() {
        return lines.line();
    }

    /** Where the last whole member ends; known at the end. */
    public long end() {
        return lines.memberEnd();
    }

    /** What was left behind the last whole member, null if nothing was; known at the end. */
    public @Nullable Tail tail() {
        return lines.tail();
    }

    /** The next request, null at the end. */
    public @Nullable ReplayedRequest next() throws IOException {
        JsonObject line = lines.next();
        return line == null ? null : lines.read(line, ResultReader::request);
    }

    private static ReplayHeader header(JsonObject line) {
        if (!line.text("form").equals("laneway-replay")) {
            throw line.unexpected("form", line.text("form"), "laneway-replay");
        }
        long version = line.whole("version", 0);
        if (version != ReplayHeader.VERSION) {
            throw line.unexpected("version", version, String.valueOf(ReplayHeader.VERSION));
        }
        return new ReplayHeader(
                line.text("replay"),
                line.text("source", ""),
                line.text("to", ""),
                line.text("lane", ""),
                line.text("against", ""),
                LineReader.time(line, "created"));
    }

    private static ReplayedRequest request(JsonObject line) {
        List<ReplayedResponse> responses = new ArrayList<>();
        for (JsonObject response : line.objects("responses")) {
            responses.add(response(response));
        }
        return new ReplayedRequest(line.whole("sequence", 0), LineReader.exchange(line), responses);
    }

    private static ReplayedResponse response(JsonObject response) {
        String error = response.text("error", "");
        return new ReplayedResponse(
                side(response),
                LineReader.time(response, "sent"),
                LineReader.millis(response, "late"),
                LineReader.millis(response, "duration"),
                error.isEmpty() ? LineReader.response(response) : null,
                error);
    }

    private static Side side(JsonObject response) {
        String text = response.text("side");
        for (Side side : Side.values()) {
            if (side.text().equals(text)) {
                return side;
            }
        }
        throw response.unexpected("side", text, "base1, lane or base2");
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
