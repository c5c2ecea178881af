package io.laneway.replay.form;

import io.laneway.replay.json.JsonObject;
import io.laneway.replay.json.UnexpectedJson;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the lines of a recording. Members that it does not know are left, so that files of later programs can be read;
 * what it knows and is of another kind is an {@link UnexpectedJson}. Stateless.
 */
public final class LineReader {

    private LineReader() {}

    /** Whether this is the first line of a file. */
    public static boolean isHeader(JsonObject line) {
        return line.has("form");
    }

    /** The first line of a file. */
    public static RecordingHeader header(JsonObject line) {
        if (!line.text("form").equals("laneway-recording")) {
            throw line.unexpected("form", line.text("form"), "laneway-recording");
        }
        long version = line.whole("version", 0);
        if (version != RecordingHeader.VERSION) {
            throw line.unexpected("version", version, String.valueOf(RecordingHeader.VERSION));
        }
        return new RecordingHeader(
                line.text("recording"), line.text("gateway", ""), time(line, "created"), line.flag("redacted"));
    }

    /** The line of one request. */
    public static RecordedExchange exchange(JsonObject line) {
        return new RecordedExchange(
                line.text("id"),
                line.text("trace", ""),
                line.text("client", ""),
                time(line, "time"),
                millis(line, "firstByte"),
                millis(line, "duration"),
                decision(line),
                request(line.object("request")),
                line.has("response") ? response(line.object("response")) : null,
                line.has("socket") ? SocketMembers.read(line.object("socket")) : null,
                line.text("failure", ""),
                line.texts("redacted"));
    }

    private static RecordedDecision decision(JsonObject line) {
        JsonObject lane = line.has("lane") ? line.object("lane") : JsonObject.of("lane", Map.of());
        return new RecordedDecision(
                line.text("gateway", ""),
                line.text("service", ""),
                line.text("route", ""),
                line.text("tenant", ""),
                lane.text("requested", ""),
                lane.text("served", ""),
                line.text("reason", ""),
                line.whole("revision", 0));
    }

    private static RecordedRequest request(JsonObject request) {
        return new RecordedRequest(
                request.text("protocol"),
                request.text("method"),
                request.text("scheme"),
                request.text("authority"),
                request.text("target"),
                fields(request, "headers"),
                BodyMembers.read(request),
                fields(request, "trailers"));
    }

    /** The members of a response. */
    public static RecordedResponse response(JsonObject response) {
        return new RecordedResponse(
                (int) response.whole("status", 0),
                fields(response, "headers"),
                BodyMembers.read(response),
                fields(response, "trailers"));
    }

    private static List<Field> fields(JsonObject message, String name) {
        List<Field> fields = new ArrayList<>();
        for (Object item : message.list(name)) {
            if (!(item instanceof List<?> pair)
                    || pair.size() != 2
                    || !(pair.get(0) instanceof String key)
                    || !(pair.get(1) instanceof String value)) {
                throw message.unexpected(name + "[" + fields.size() + "]", item, "a list of a name and a value");
            }
            fields.add(new Field(key, value));
        }
        return fields;
    }

    /** The time of that name. */
    public static Instant time(JsonObject line, String name) {
        String text = line.text(name);
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw line.unexpected(name, text, "a time such as 2026-11-30T01:30:00Z");
        }
    }

    /** The milliseconds of that name. */
    public static Duration millis(JsonObject line, String name) {
        return BodyMembers.millis(line, name);
    }
}
