package io.laneway.replay.redact;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The length-prefixed messages of a gRPC body. Those that are compressed are written again as they are without, so that
 * what is in them is seen. Stateless.
 */
final class GrpcMessages {

    private static final int PREFIX = 5;

    private GrpcMessages() {}

    /** The body with no message compressed; null if one cannot be read. */
    static byte @Nullable [] plain(byte[] body, @Nullable String coding) {
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
}
