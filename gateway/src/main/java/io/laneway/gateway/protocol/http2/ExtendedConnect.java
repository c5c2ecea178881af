package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.router.text.Slice;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An upgrade in neutral form on its way over an extended CONNECT: what its {@code 101} has to say (RFC 8441 section 5,
 * RFC 6455 section 4.2.2). Confined to one event loop.
 */
final class ExtendedConnect {

    /** Fields of a {@code 101} that the 2xx response to an extended CONNECT does not have. */
    static final long FIELDS = Field.UPGRADE.bit()
            | Field.SEC_WEBSOCKET_ACCEPT.bit()
            | Field.SEC_WEBSOCKET_KEY.bit()
            | Field.CONTENT_LENGTH.bit();

    private static final int STATUS = 101;
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private final String protocol;
    private final @Nullable String key;

    ExtendedConnect(RequestHead request) {
        Slice value = new Slice();
        request.lines().first(Field.UPGRADE, value);
        protocol = value.toString();
        key = request.lines().first(Field.SEC_WEBSOCKET_KEY, value) ? value.toString() : null;
    }

    /** Whether HTTP/2 can say it: one protocol without a version, and no body before it. Else it goes as a plain request. */
    static boolean isPossible(RequestHead request) {
        HeaderLines lines = request.lines();
        int line = lines.find(Field.UPGRADE, 0);
        if (request.bodyLength() != 0 || line < 0 || lines.find(Field.UPGRADE, line + 1) >= 0) {
            return false;
        }
        int start = lines.valueOffset(line);
        for (int at = start; at < start + lines.valueLength(line); at++) {
            byte c = lines.array()[at];
            if (c == '/' || c == ',' || c == ' ' || c == '\t') {
                return false;
            }
        }
        return true;
    }

    AsciiString protocol() {
        return new AsciiString(protocol);
    }

    /** The {@code 101} in place of a 2xx response to the extended CONNECT. */
    ResponseHead response(ResponseHead head) {
        ResponseHead switched = new ResponseHead();
        switched.start(STATUS);
        HeaderLines to = switched.lines();
        HeaderLines from = head.lines();
        for (int line = 0; line < from.count(); line++) {
            if (!from.isRemoved(line) && from.field(line) != Field.CONTENT_LENGTH) {
                int start = to.end();
                to.append(from.array(), from.nameOffset(line), from.nameLength(line));
                to.text(": ");
                to.append(from.array(), from.valueOffset(line), from.valueLength(line));
                to.finish(start, from.nameLength(line));
            }
        }
        to.add(Field.UPGRADE.header(), protocol);
        if (key != null) {
            to.add(Field.SEC_WEBSOCKET_ACCEPT.header(), accept(key));
        }
        return switched;
    }

    private static String accept(String key) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-1");
            return Base64.getEncoder().encodeToString(sha.digest((key + GUID).getBytes(StandardCharsets.ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
