package io.laneway.replay.form;

import com.fasterxml.jackson.core.JsonGenerator;
import io.laneway.replay.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** The member {@code body} of messages and frames, and milliseconds, out and in. Stateless. */
final class BodyMembers {

    private static final int DECIMALS = 3;

    private BodyMembers() {}

    /** Writes a body into the object that is open; nothing if there is none. */
    static void write(RecordedBody body, JsonGenerator json) throws IOException {
        if (body.size() == 0 && body.bytes().length == 0) {
            return;
        }
        json.writeObjectFieldStart("body");
        json.writeNumberField("size", body.size());
        String text = Texts.utf8(body.bytes());
        if (text == null) {
            json.writeFieldName("base64");
            json.writeBinary(body.bytes());
        } else if (!text.isEmpty()) {
            json.writeStringField("text", text);
        }
        if (body.cut()) {
            json.writeBooleanField("cut", true);
        }
        if (body.decoded() != null && !body.decoded().isEmpty()) {
            json.writeStringField("decoded", body.decoded());
        }
        if (body.omitted() != null && !body.omitted().isEmpty()) {
            json.writeStringField("omitted", body.omitted());
        }
        json.writeEndObject();
    }

    /** The body of a message, none if it has none. */
    static RecordedBody read(JsonObject message) {
        if (!message.has("body")) {
            return RecordedBody.NONE;
        }
        JsonObject body = message.object("body");
        long size = body.whole("size", 0);
        if (size < 0) {
            throw body.unexpected("size", size, ">= 0");
        }
        return new RecordedBody(
                bytes(body), size, body.flag("cut"), body.textOrNull("decoded"), body.textOrNull("omitted"));
    }

    private static byte[] bytes(JsonObject body) {
        if (!body.has("base64")) {
            return body.text("text", "").getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body.text("base64"));
        } catch (IllegalArgumentException e) {
            throw body.unexpected("base64", body.text("base64"), "base64 (RFC 4648, 4)");
        }
    }

    /** Milliseconds with three decimals. */
    static BigDecimal millis(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos() / 1000, DECIMALS);
    }

    /** The milliseconds of that name. */
    static Duration millis(JsonObject line, String name) {
        return Duration.ofNanos(Math.round(line.number(name, 0) * 1_000) * 1_000);
    }
}
