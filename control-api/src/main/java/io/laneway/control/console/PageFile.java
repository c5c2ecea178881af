package io.laneway.control.console;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * A file as it is sent. Immutable.
 *
 * @param type    its media type
 * @param plain   its bytes
 * @param gzipped the same compressed (RFC 1952)
 * @param tag     a weak entity tag, the same for both
 * @param fixed   whether its address changes with its bytes, so that it may be kept for good
 */
record PageFile(String type, Buffer plain, Buffer gzipped, String tag, boolean fixed) {

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "txt", "text/plain; charset=utf-8");

    static PageFile of(String name, byte[] bytes, String hash, boolean fixed) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new IllegalStateException(name + " in the console (expected: one of " + TYPES.keySet() + ")");
        }
        return new PageFile(type, Buffer.buffer(bytes), Buffer.buffer(gzip(bytes)), "W/\"" + hash + "\"", fixed);
    }

    private static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (OutputStream out = new BestGzip(packed)) {
            out.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /** Compressed once and sent often, so as small as can be. */
    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(OutputStream out) throws IOException {
            super(out);
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
