package io.laneway.replay.diff;

import io.laneway.replay.form.Fields;
import io.laneway.replay.form.RecordedBody;
import io.laneway.replay.form.RecordedResponse;
import io.laneway.replay.form.Texts;
import io.laneway.replay.json.JsonTree;
import io.laneway.replay.redact.ContentCoding;
import io.laneway.replay.redact.DecodedBody;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A response's body as it is compared. Immutable.
 *
 * @param value a JSON value, a text, or a hash of bytes
 */
record Content(Kind kind, @Nullable Object value) {

    /** What a body is. */
    enum Kind {
        EMPTY,
        JSON,
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

    static Content of(RecordedResponse response) {
        RecordedBody body = response.body();
        if (body.cut() || body.omitted() != null) {
            return PARTIAL;
        }
        byte[] bytes = body.bytes();
        String coding = Fields.first(response.headers(), "content-encoding");
        if (coding != null && !ContentCoding.isNone(coding) && body.decoded() == null) {
            DecodedBody decoded = ContentCoding.decode(bytes, coding);
            if (decoded == null) {
                return new Content(Kind.BYTES, hash(bytes));
            }
            bytes = decoded.bytes();
        }
        return bytes.length == 0 ? EMPTY : of(bytes, Fields.first(response.headers(), "content-type"));
    }

    private static Content of(byte[] bytes, @Nullable String type) {
        String lower = type == null ? "" : type.toLowerCase(Locale.ROOT);
        byte first = bytes[0];
        if (lower.contains("json") || (lower.isEmpty() && (first == '{' || first == '['))) {
            try {
                return new Content(Kind.JSON, JsonTree.parse(bytes, 0, bytes.length));
            } catch (IOException e) {
                // what says that it is JSON and is none is compared as text
            }
        }
        boolean binary = lower.startsWith("application/grpc") || lower.startsWith("image/");
        String text = binary ? null : text(bytes, lower);
        return text == null ? new Content(Kind.BYTES, hash(bytes)) : new Content(Kind.TEXT, text);
    }

    private static @Nullable String text(byte[] bytes, String type) {
        return type.contains("charset=iso-8859-1") ? new String(bytes, StandardCharsets.ISO_8859_1) : Texts.utf8(bytes);
    }

    private static String hash(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " bytes, SHA-256 " + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
