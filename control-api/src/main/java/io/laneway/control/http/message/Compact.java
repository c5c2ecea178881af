package io.laneway.control.http.message;

import io.laneway.control.edit.IfMatch;
import io.laneway.router.text.Sha256;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes large responses small: a weak tag over what they say, so that what is unchanged is not sent again, and gzip for
 * clients that take it (RFC 9110 sections 8.8.3 and 12.5.3). Stateless; compresses, so not on an event loop.
 */
public final class Compact {

    private static final int WORTH = 1_024;
    private static final int TAG_BYTES = 12;

    private Compact() {}

    /** A response with a tag of its bytes, compressed where the client takes that. */
    public static Reply of(HttpServerRequest request, Reply reply) {
        byte[] bytes = reply.body().getBytes();
        String tag = "W/\"" + tag(bytes) + "\"";
        Reply tagged = reply.with("etag", tag).with("vary", "accept-encoding");
        String known = request.getHeader("if-none-match");
        boolean unchanged = known != null && IfMatch.weak(known).holds(tag.substring(2));
        return unchanged || bytes.length < WORTH || !takesGzip(request.getHeader("accept-encoding"))
                ? tagged
                : tagged.with(zipped(bytes)).with("content-encoding", "gzip");
    }

    /** The response of a call that lists. */
    public static Future<Reply> list(HttpServerRequest request, JsonObject body) {
        return Future.succeededFuture(of(request, Reply.json(body)));
    }

    /** Whether a client takes gzip: it names it, or all there are, with no weight of 0. */
    public static boolean takesGzip(@Nullable String header) {
        if (header == null) {
            return false;
        }
        boolean any = false;
        for (String one : header.toLowerCase(Locale.ROOT).split(",")) {
            String[] parts = one.split(";");
            String coding = parts[0].trim();
            boolean wanted = parts.length < 2 || !parts[1].trim().matches("q=0(\\.0*)?");
            if (coding.equals("gzip") || coding.equals("x-gzip")) {
                return wanted;
            }
            any |= coding.equals("*") && wanted;
        }
        return any;
    }

    private static Buffer zipped(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 4);
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(out.toByteArray());
    }

    private static String tag(byte[] bytes) {
        return HexFormat.of().formatHex(Sha256.digest().digest(bytes), 0, TAG_BYTES);
    }
}
