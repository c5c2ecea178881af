package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Finds out how a request's body is framed and whether the connection stays, and takes hop-by-hop fields out of the head
 * (RFC 9112 sections 6 and 9). Confined to one event loop.
 */
final class RequestFraming {

    private final ConnectionOptions options = new ConnectionOptions();
    private final Slice settings = new Slice();
    private boolean keepAlive;
    private boolean h2c;

    boolean keepAlive() {
        return keepAlive;
    }

    /**
     * The value of {@code HTTP2-Settings} if the client asks to continue in HTTP/2 (RFC 7540 section 3.2), else null.
     * One with a body does not: that would have to be read first, and the response in HTTP/1.1 is as good.
     */
    @Nullable
    Slice http2Settings() {
        return h2c ? settings : null;
    }

    /** Settles the head; null if nothing is wrong with it. */
    @Nullable
    Failure read(RequestHead head) {
        HeaderLines lines = head.lines();
        boolean old = head.version() == RequestHead.Version.HTTP_1_0;
        keepAlive = !old;
        h2c = false;
        if (ConnectionOptions.mayConcern(lines)) {
            boolean oneSettings = settings(lines);
            options.read(lines);
            if (options.malformed()) {
                return HeadFailures.BAD_CONNECTION;
            }
            keepAlive = !options.close() && (!old || options.keepAlive());
            upgrade(head, old);
            h2c &= oneSettings && options.http2Settings();
            trailersWanted(head);
        }
        Failure wrong = length(head, old);
        h2c &= head.bodyLength() == 0;
        return wrong != null ? wrong : expectation(head, old);
    }

    /** Points at the one {@code HTTP2-Settings}, before it is removed. */
    private boolean settings(HeaderLines lines) {
        int line = lines.find(Field.HTTP2_SETTINGS, 0);
        if (line < 0 || lines.find(Field.HTTP2_SETTINGS, line + 1) >= 0) {
            return false;
        }
        lines.value(line, settings);
        return true;
    }

    private static @Nullable Failure length(RequestHead head, boolean old) {
        HeaderLines lines = head.lines();
        head.bodyLength(0);
        boolean coded = lines.mayHave(Field.TRANSFER_ENCODING.bit());
        int line = lines.find(Field.CONTENT_LENGTH, 0);
        if (coded) {
            if (line >= 0) {
                return HeadFailures.LENGTH_AND_CODING;
            }
            head.bodyLength(RequestHead.UNKNOWN_LENGTH);
            Failure wrong = old ? HeadFailures.CODING_IN_1_0 : coding(lines);
            lines.remove(Field.TRANSFER_ENCODING);
            return wrong;
        }
        if (line >= 0) {
            long length = Lengths.read(lines, line);
            if (length < 0) {
                return HeadFailures.BAD_LENGTH;
            }
            head.bodyLength(length);
        }
        return null;
    }

    /** Only {@code chunked}, once, is a coding that we can pass on unambiguously. */
    private static @Nullable Failure coding(HeaderLines lines) {
        int line = lines.find(Field.TRANSFER_ENCODING, 0);
        if (line < 0 || lines.find(Field.TRANSFER_ENCODING, line + 1) >= 0) {
            return HeadFailures.BAD_CODING;
        }
        byte[] array = lines.array();
        int offset = lines.valueOffset(line);
        int length = lines.valueLength(line);
        if (Chars.spell(array, offset, length, "chunked")) {
            return null;
        }
        String value = new String(array, offset, length, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        boolean chunkedLast = value.matches("[a-z0-9]+(?:[ \\t]*,[ \\t]*[a-z0-9]+)*[ \\t]*,[ \\t]*chunked");
        return chunkedLast && value.indexOf("chunked") == value.lastIndexOf("chunked")
                ? HeadFailures.UNKNOWN_CODING
                : HeadFailures.BAD_CODING;
    }

    private static @Nullable Failure expectation(RequestHead head, boolean old) {
        HeaderLines lines = head.lines();
        int line = lines.find(Field.EXPECT, 0);
        if (line < 0) {
            return null;
        }
        boolean known = Chars.spell(lines.array(), lines.valueOffset(line), lines.valueLength(line), "100-continue");
        if (!known || lines.find(Field.EXPECT, line + 1) >= 0) {
            return HeadFailures.UNKNOWN_EXPECTATION;
        }
        if (old || head.bodyLength() == 0) {
            lines.remove(line);
        } else {
            head.expectsContinue(true);
        }
        return null;
    }

    /** An upgrade stays in the head if the connection asks for it and its protocol may pass. */
    private void upgrade(RequestHead head, boolean old) {
        HeaderLines lines = head.lines();
        if (lines.find(Field.UPGRADE, 0) < 0) {
            return;
        }
        boolean wanted = options.upgrade() && !old && head.method() != Method.CONNECT;
        h2c = wanted && Upgrades.isH2c(lines);
        if (wanted && Upgrades.mayPass(lines)) {
            head.upgrade(true);
        } else {
            lines.remove(Field.UPGRADE);
        }
    }

    private static void trailersWanted(RequestHead head) {
        HeaderLines lines = head.lines();
        for (int line = lines.find(Field.TE, 0); line >= 0; line = lines.find(Field.TE, line + 1)) {
            if (Chars.spell(lines.array(), lines.valueOffset(line), lines.valueLength(line), "trailers")) {
                head.acceptsTrailers(true);
            }
            lines.remove(line);
        }
    }
}
