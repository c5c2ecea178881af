package io.laneway.replay.redact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The length-prefixed messages of a gRPC body. Those that are compressed are written again as they are without, so that
 * what is in them is seen. Stateless.
 */
public final class GrpcMessages {

    private static final int PREFIX = 5;

    /** Marks the message of gRPC-Web that has the trailers. */
    private static final int TRAILERS = 0x80;

    private GrpcMessages() {}

    /** The body with no message compressed; null if one cannot be read. */
    public static byte @Nullable [] plain(byte[] body, @Nullable String coding) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length);
        int at = 0;
        while (at + PREFIX <= body.length) {
            int length = ByteBuffer.wrap(body, at + 1, Integer.BYTES).getInt();
            if (length < 0) {
                return null;
            }
            int end = (int) Math.min((long) at + PREFIX + length, body.length);
            byte[] message = Arrays.copyOfRange(body, at + PREFIX, end);
            if ((body[at] & 1) != 0) {
                DecodedBody decoded =
                        ContentCoding.isNone(coding) || coding == null ? null : ContentCoding.decode(message, coding);
                if (decoded == null) {
                    return null;
                }
                message = decoded.bytes();
                length = message.length;
            }
            out.writeBytes(ByteBuffer.allocate(PREFIX)
                    .put((byte) (body[at] & ~1))
                    .putInt(length)
                    .array());
            out.writeBytes(message);
            at = end;
        }
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    /** The messages of a whole body of which none is compressed, without trailers; null if it is none. */
    public static @Nullable List<byte[]> messages(byte[] body) {
        List<byte[]> messages = new ArrayList<>();
        int at = 0;
        while (at + PREFIX <= body.length) {
            int length = ByteBuffer.wrap(body, at + 1, Integer.BYTES).getInt();
            if (length < 0 || length > body.length - at - PREFIX) {
                return null;
            }
            if ((body[at] & TRAILERS) == 0) {
                messages.add(Arrays.copyOfRange(body, at + PREFIX, at + PREFIX + length));
            }
            at += PREFIX + length;
        }
        return at == body.length ? messages : null;
    }

    /** The trailers that gRPC-Web has behind the messages of a whole body, by their names in lower case. */
    public static Map<String, String> webTrailers(byte[] body) {
        Map<String, String> trailers = new TreeMap<>();
        int at = 0;
        while (at + PREFIX <= body.length) {
            int length = ByteBuffer.wrap(body, at + 1, Integer.BYTES).getInt();
            if ((body[at] & TRAILERS) != 0) {
                for (String line : new String(body, at + PREFIX, length, StandardCharsets.ISO_8859_1).split("\r?\n")) {
                    int colon = line.indexOf(':');
                    if (colon > 0) {
                        trailers.put(
                                line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                                line.substring(colon + 1).strip());
                    }
                }
            }
            at += PREFIX + length;
        }
        return trailers;
    }
}
