package io.laneway.replay.redact;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/** Takes the content coding off a body (RFC 9110, 8.4), since secrets are not seen in it. Stateless. */
public final class ContentCoding {

    /** A body that becomes larger is cut: a few bytes may stand for a great many. */
    static final int MAX = 16 * 1024 * 1024;

    private static final int CHUNK = 8192;

    private static final int GZIP = 0x1f8b08;
    private static final int ZIP = 0x504b0304;
    private static final int ZSTD = 0x28b52ffd;

    private ContentCoding() {}

    /** Whether there is a coding of this name to take off. */
    public static boolean isNone(@Nullable String coding) {
        return coding == null || coding.isBlank() || coding.strip().equalsIgnoreCase("identity");
    }

    /** Whether the bytes begin as gzip, zip and zstd do: what is in there is not seen either. */
    static boolean isArchive(byte[] bytes) {
        if (bytes.length < 4) {
            return false;
        }
        int first = ByteBuffer.wrap(bytes).getInt();
        return first >>> 8 == GZIP || first == ZIP || first == ZSTD;
    }

    /** The body without its coding, null if that one is unknown or the body has another. */
    public static @Nullable DecodedBody decode(byte[] bytes, String coding) {
        return switch (coding.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> read(() -> new GZIPInputStream(new ByteArrayInputStream(bytes)));
            case "deflate" -> {
                DecodedBody zlib = read(() -> new InflaterInputStream(new ByteArrayInputStream(bytes)));
                yield zlib != null && (zlib.bytes().length > 0 || bytes.length < 2)
                        ? zlib
                        : read(() -> new InflaterInputStream(new ByteArrayInputStream(bytes), new Inflater(true)));
            }
            default -> null;
        };
    }

    /** What opens a stream. */
    private interface Opening {
        InputStream open() throws IOException;
    }

    private static @Nullable DecodedBody read(Opening opening) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (InputStream in = opening.open()) {
            byte[] chunk = new byte[CHUNK];
            int count = in.read(chunk);
            while (count >= 0 && out.size() < MAX) {
                out.write(chunk, 0, count);
                count = in.read(chunk);
            }
            return new DecodedBody(out.toByteArray(), count >= 0);
        } catch (IOException e) {
            // the end of the bytes that were kept, or bytes that are none of this coding
            return out.size() == 0 ? null : new DecodedBody(out.toByteArray(), true);
        }
    }
}
