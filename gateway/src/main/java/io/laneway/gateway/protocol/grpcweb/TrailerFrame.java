package io.laneway.gateway.protocol.grpcweb;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.Slice;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The frame by which a body of gRPC-Web ends: trailers as lines of HTTP/1.1, names in small letters. Stateless. */
final class TrailerFrame {

    private static final int FLAG = 0x80;
    private static final int PREFIX = 5;
    private static final String STATUS = "grpc-";
    private static final String UNFINISHED =
            "grpc-status: 2\r\ngrpc-message: the upstream ended its response without a status\r\n";

    /** Of heads that are trailers as well: what is for browsers and proxies and no metadata of the call. */
    private static final Set<String> NO_METADATA = Set.of(
            "alt-svc",
            "cache-control",
            "content-encoding",
            "content-security-policy",
            "expires",
            "grpc-accept-encoding",
            "grpc-encoding",
            "pragma",
            "set-cookie",
            "strict-transport-security",
            "vary");

    private TrailerFrame() {}

    /** The frame with these trailers. */
    static byte[] of(HeaderLines trailers) {
        StringBuilder text = new StringBuilder();
        Slice slice = new Slice();
        for (int line = 0; line < trailers.count(); line++) {
            if (!trailers.isRemoved(line)) {
                append(text, name(trailers, line, slice), trailers, line, slice);
            }
        }
        return frame(text);
    }

    /**
     * The frame with what a head that is trailers as well says of the call: its status, which is taken off the head, since
     * pages cannot read it there without leave, and its metadata.
     */
    static byte[] ofHead(HeaderLines head) {
        StringBuilder text = new StringBuilder();
        Slice slice = new Slice();
        int lines = head.count();
        for (int line = 0; line < lines; line++) {
            if (head.isRemoved(line)) {
                continue;
            }
            String name = name(head, line, slice);
            boolean status = name.startsWith(STATUS) && !NO_METADATA.contains(name);
            if (status || isMetadata(name, head.field(line))) {
                append(text, name, head, line, slice);
            }
            if (status) {
                head.remove(line);
            }
        }
        return frame(text);
    }

    /** The frame of a response whose endpoint said no status. */
    static byte[] unfinished() {
        return frame(UNFINISHED);
    }

    private static boolean isMetadata(String name, @Nullable Field field) {
        return field == null && !NO_METADATA.contains(name) && !name.startsWith("access-control-");
    }

    private static String name(HeaderLines lines, int line, Slice slice) {
        slice.set(lines.array(), lines.nameOffset(line), lines.nameLength(line));
        return slice.toString().toLowerCase(Locale.ROOT);
    }

    private static void append(StringBuilder text, String name, HeaderLines lines, int line, Slice slice) {
        lines.value(line, slice);
        text.append(name).append(": ").append(slice).append("\r\n");
    }

    private static byte[] frame(CharSequence text) {
        byte[] lines = text.toString().getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(PREFIX + lines.length)
                .put((byte) FLAG)
                .putInt(lines.length)
                .put(lines)
                .array();
    }
}
