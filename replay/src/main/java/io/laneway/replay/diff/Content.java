package io.laneway.replay.diff;

import io.laneway.replay.diff.proto.ProtoReader;
import io.laneway.replay.diff.text.ByteHash;
import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.redact.ContentCoding;
import io.laneway.replay.redact.DecodedBody;
import io.laneway.replay.redact.GrpcMessages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as it is compared. Immutable.
 *
 * @param value a JSON value, a message as one, a text, or a hash of bytes
 */
record Content(Kind kind, @Nullable Object value) {

    /** What a body is. */
    enum Kind {
        EMPTY,
        JSON,
        PROTOBUF,
        TEXT,
        BYTES,
        /** Cut or left out, so that nothing is known of it. */
        PARTIAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Content EMPTY = new Content(Kind.EMPTY, null);
    private static final Content PARTIAL = new Content(Kind.PARTIAL, null);

    /**
     * The body of a response.
     *
     * @param path of the request
     * @param messages reads those of protobuf; null if there is no descriptor set
     */
    static Content of(RecordedResponse response, String path, @Nullable ProtoReader messages) {
        RecordedBody body = response.body();
        if (body.cut() || body.omitted() != null) {
            return PARTIAL;
        }
        byte[] bytes = body.bytes();
        String coding = Fields.first(response.headers(), "content-encoding");
        if (coding != null && !ContentCoding.isNone(coding) && body.decoded() == null) {
            DecodedBody decoded = ContentCoding.decode(bytes, coding);
            if (decoded == null) {
                return new Content(Kind.BYTES, ByteHash.of(bytes));
            }
            bytes = decoded.bytes();
        }
        String type = Fields.first(response.headers(), "content-type");
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        if (lower.startsWith("application/grpc") && !lower.contains("json")) {
            return grpc(bytes, Fields.first(response.headers(), "grpc-encoding"), path, messages);
        }
        return bytes.length == 0 ? EMPTY : of(bytes, type == null ? "" : type, messages);
    }

    private static Content grpc(byte[] bytes, @Nullable String coding, String path, @Nullable ProtoReader messages) {
        byte[] plain = GrpcMessages.plain(bytes, coding);
        byte[] frames = plain == null ? bytes : plain;
        Object read = messages == null || frames.length == 0 ? null : messages.grpc(path, frames);
        if (read != null) {
            return new Content(Kind.PROTOBUF, read);
        }
        return frames.length == 0 ? EMPTY : new Content(Kind.BYTES, ByteHash.of(frames));
    }

    private static Content of(byte[] bytes, String type, @Nullable ProtoReader messages) {
        String lower = type.toLowerCase(Locale.ROOT);
        Object message = messages == null || !lower.contains("protobuf") ? null : messages.message(type, bytes);
        if (message != null) {
            return new Content(Kind.PROTOBUF, message);
        }
        byte first = bytes[0];
        if (lower.contains("json") || (lower.isEmpty() && (first == '{' || first == '['))) {
            try {
                return new Content(Kind.JSON, JsonTree.parse(bytes, 0, bytes.length));
            } catch (IOException e) {
                // what says that it is JSON and is none is compared as text
            }
        }
        boolean binary = lower.contains("protobuf") || lower.startsWith("image/");
        String text = binary ? null : text(bytes, lower);
        return text == null ? new Content(Kind.BYTES, ByteHash.of(bytes)) : new Content(Kind.TEXT, text);
    }

    private static @Nullable String text(byte[] bytes, String type) {
        return type.contains("charset=iso-8859-1") ? new String(bytes, StandardCharsets.ISO_8859_1) : Texts.utf8(bytes);
    }
}
