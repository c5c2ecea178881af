package io.laneway.gateway.traffic.compress;

import io.laneway.gateway.protocol.grpc.GrpcCall;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.MediaType;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.runtime.eventloop.Loop;
import io.laneway.gateway.runtime.record.DeploymentStats;
import io.laneway.gateway.upstream.policy.CompressionRule;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which responses are compressed, and what their heads say then (RFC 9110 sections 8.4, 8.8.3 and 12.5.5). Confined to one
 * event loop; one for each listener on it.
 */
public final class ResponseCompression {

    private static final HeaderName CONTENT_ENCODING = HeaderName.of("content-encoding");
    private static final HeaderName CACHE_CONTROL = HeaderName.of("cache-control");
    private static final HeaderName ETAG = HeaderName.of("etag");
    private static final HeaderName VARY = HeaderName.of("vary");
    private static final HeaderName ACCEPT_RANGES = HeaderName.of("accept-ranges");
    private static final MediaType EVENTS = MediaType.of("text/event-stream");

    /** What is coded or a part already, or says something of its very bytes. */
    private static final List<HeaderName> BOUND = List.of(
            CONTENT_ENCODING,
            HeaderName.of("content-range"),
            HeaderName.of("content-digest"),
            HeaderName.of("repr-digest"),
            HeaderName.of("digest"),
            HeaderName.of("content-md5"),
            HeaderName.of("signature"));

    private static final int OK = 200;
    private static final int RESET_CONTENT = 205;
    private static final int PARTIAL_CONTENT = 206;
    private static final int NOT_MODIFIED = 304;

    private final Loop loop;
    private final GzipEncoders encoders = new GzipEncoders();
    private final Slice value = new Slice();

    /** For the exchanges of one listener on that loop. */
    public ResponseCompression(Loop loop) {
        this.loop = loop;
    }

    /**
     * Decides about a response that its rule may mean, and changes its head.
     *
     * @param end    whether it has no body
     * @param stats  counts what is saved
     * @param client takes what is sent between two pieces of the body
     * @return the body on its way, null if it stays as it is
     */
    public @Nullable CompressedBody begin(
            CompressionRule rule,
            RequestHead request,
            ResponseHead response,
            boolean end,
            @Nullable DeploymentStats stats,
            Consumer<ByteBuf> client) {
        HeaderLines lines = response.lines();
        if (response.status() == NOT_MODIFIED) {
            vary(lines);
            return null;
        }
        boolean head = request.method() == Method.HEAD;
        if (!mayChange(response) || !isMeant(rule, response.lines(), head ? -1 : response.bodyLength())) {
            return null;
        }
        vary(lines);
        boolean bodiless = end || head || response.bodyLength() == 0;
        if (bodiless
                || request.version() == RequestHead.Version.HTTP_1_0
                || !AcceptEncoding.takesGzip(request.lines())) {
            return null;
        }
        GzipEncoder encoder = encoders.take();
        if (encoder == null) {
            return null;
        }
        settle(response);
        return new CompressedBody(encoders, encoder, loop, stats, client);
    }

    private boolean isMeant(CompressionRule rule, HeaderLines lines, long length) {
        return lines.first(Field.CONTENT_TYPE, value)
                && !EVENTS.matches(lines)
                && !GrpcCall.isOne(lines)
                && rule.means(length, value.toString());
    }

    private boolean mayChange(ResponseHead response) {
        int status = response.status();
        if (status < OK || status == RESET_CONTENT || status == PARTIAL_CONTENT || response.neverHasBody()) {
            return false;
        }
        HeaderLines lines = response.lines();
        for (int i = 0; i < BOUND.size(); i++) {
            if (lines.find(BOUND.get(i), 0) >= 0) {
                return false;
            }
        }
        return !names(lines, CACHE_CONTROL, "no-transform");
    }

    private void settle(ResponseHead response) {
        HeaderLines lines = response.lines();
        lines.remove(Field.CONTENT_LENGTH);
        lines.remove(ACCEPT_RANGES);
        lines.add(CONTENT_ENCODING, "gzip");
        response.bodyLength(ResponseHead.UNKNOWN_LENGTH);
        int line = lines.find(ETAG, 0);
        if (line < 0) {
            return;
        }
        lines.value(line, value);
        String tag = value.toString();
        if (!tag.startsWith("W/")) {
            // the same tag on other bytes would let ranges of both be put together
            lines.remove(ETAG);
            lines.add(ETAG, "W/" + tag);
        }
    }

    private void vary(HeaderLines lines) {
        if (!names(lines, VARY, "accept-encoding") && !names(lines, VARY, "*")) {
            lines.add(VARY, "accept-encoding");
        }
    }

    private boolean names(HeaderLines lines, HeaderName field, String member) {
        for (int line = lines.find(field, 0); line >= 0; line = lines.find(field, line + 1)) {
            lines.value(line, value);
            for (String each : value.toString().toLowerCase(Locale.ROOT).split(",", -1)) {
                if (each.strip().equals(member)) {
                    return true;
                }
            }
        }
        return false;
    }
}
