package io.laneway.replay.har;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedFrame;
import io.laneway.replay.form.RecordedSocket;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * WebSockets in an archive, as Chrome has them beside HTTP Archive 1.2: {@code _webSocketMessages}. What Chrome has no
 * member for begins with another underscore. Stateless.
 */
final class HarSocket {

    private static final String MESSAGES = "_webSocketMessages";
    private static final String SENT = "send";
    private static final String RECEIVED = "receive";

    /** Of a second. */
    private static final int MICROS = 6;

    private HarSocket() {}

    /** The scheme of the address of a WebSocket. */
    static String scheme(String scheme) {
        return scheme.equals("https") ? "wss" : "ws";
    }

    /** The scheme of the request that opened it. */
    static String http(String scheme) {
        return scheme.equals("wss") ? "https" : scheme.equals("ws") ? "http" : scheme;
    }

    static void write(RecordedSocket socket, Instant begun, JsonGenerator json) throws IOException {
        json.writeStringField("_resourceType", "websocket");
        json.writeArrayFieldStart(MESSAGES);
        for (RecordedFrame frame : socket.frames()) {
            write(frame, begun, json);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("_webSocket");
        json.writeNumberField("part", socket.part());
        json.writeBooleanField("last", socket.last());
        json.writeNumberField("missed", socket.missed());
        json.writeEndObject();
    }

    private static void write(RecordedFrame frame, Instant begun, JsonGenerator json) throws IOException {
        RecordedBody payload = frame.payload();
        Instant time = begun.plus(frame.after());
        json.writeStartObject();
        json.writeStringField("type", frame.client() ? SENT : RECEIVED);
        json.writeNumberField(
                "time", BigDecimal.valueOf(time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000, MICROS));
        json.writeNumberField("opcode", frame.opcode());
        String text = frame.opcode() == RecordedFrame.BINARY ? null : Texts.utf8(payload.bytes());
        json.writeStringField("data", text == null ? Base64.getEncoder().encodeToString(payload.bytes()) : text);
        if (text == null && frame.opcode() != RecordedFrame.BINARY) {
            json.writeStringField("_encoding", "base64");
        }
        json.writeNumberField("_size", payload.size());
        json.writeNumberField("_fragments", frame.fragments());
        if (frame.code() != 0) {
            json.writeNumberField("_code", frame.code());
        }
        marks(payload, json);
        json.writeEndObject();
    }

    /** What of a body an archive has no member for. */
    static void marks(RecordedBody body, JsonGenerator json) throws IOException {
        if (body.cut()) {
            json.writeBooleanField("_cut", true);
        }
        if (body.decoded() != null) {
            json.writeStringField("_decoded", body.decoded());
        }
        if (body.omitted() != null) {
            json.writeStringField("_omitted", body.omitted());
        }
    }

    /** The WebSocket of an entry, null if it is none. */
    static @Nullable RecordedSocket read(JsonObject entry, Instant begun) {
        if (!entry.has(MESSAGES)) {
            return null;
        }
        List<RecordedFrame> frames = new ArrayList<>();
        for (JsonObject message : entry.objects(MESSAGES)) {
            frames.add(frame(message, begun));
        }
        JsonObject own = entry.has("_webSocket") ? entry.object("_webSocket") : new JsonObject("_webSocket", Map.of());
        return new RecordedSocket(
                (int) own.whole("part", 1),
                !entry.has("_webSocket") || own.flag("last"),
                own.whole("missed", 0),
                frames);
    }

    private static RecordedFrame frame(JsonObject message, Instant begun) {
        String type = message.text("type");
        if (!type.equals(SENT) && !type.equals(RECEIVED)) {
            throw message.unexpected("type", type, SENT + " or " + RECEIVED);
        }
        int opcode = (int) message.whole("opcode", RecordedFrame.TEXT);
        byte[] bytes = bytes(message, opcode);
        long size = message.whole("_size", bytes.length);
        RecordedBody payload = size == 0 && bytes.length == 0
                ? RecordedBody.NONE
                : new RecordedBody(
                        bytes,
                        size,
                        message.flag("_cut"),
                        message.textOrNull("_decoded"),
                        message.textOrNull("_omitted"));
        return new RecordedFrame(
                type.equals(SENT),
                after(message, begun),
                opcode,
                (int) message.whole("_fragments", 1),
                (int) message.whole("_code", 0),
                payload);
    }

    private static Duration after(JsonObject message, Instant begun) {
        double seconds = message.number("time", 0);
        long micros = Math.round(seconds * 1e6);
        long since = micros - begun.getEpochSecond() * 1_000_000 - begun.getNano() / 1_000;
        return Duration.ofNanos(Math.max(0, since) * 1_000);
    }

    private static byte[] bytes(JsonObject message, int opcode) {
        String data = message.text("data", "");
        if (opcode != RecordedFrame.BINARY && !message.text("_encoding", "").equals("base64")) {
            return data.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getMimeDecoder().decode(data);
        } catch (IllegalArgumentException e) {
            throw message.unexpected("data", data, "base64, as its opcode says");
        }
    }
}
