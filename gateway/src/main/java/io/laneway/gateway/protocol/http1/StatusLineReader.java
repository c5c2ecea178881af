package io.laneway.gateway.protocol.http1;

import static io.laneway.gateway.protocol.http1.Chars.CR;
import static io.laneway.gateway.protocol.http1.Chars.SP;

import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status line of a response (RFC 9112 section 4), and sees by its first bytes that an endpoint speaks no
 * HTTP/1.1, since other protocols may never send the end of a line. Confined to one event loop.
 */
final class StatusLineReader implements HeadReader.StartLine {

    private static final byte[] PROTOCOL = "HTTP/1.".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = PROTOCOL.length;
    private static final int CODE = "HTTP/1.1 ".length();
    private static final int MIN_LINE = "HTTP/1.1 200".length();
    private static final int TLS_ALERT = 0x15;

    private final ResponseHead head;
    private boolean old;

    /** Reads into that head. */
    StatusLineReader(ResponseHead head) {
        this.head = head;
    }

    /** Whether it was of HTTP/1.0. */
    boolean old() {
        return old;
    }

    /** Whether the first bytes of a connection can be those of a response, or of the empty line before one. */
    static boolean mayBegin(ByteBuf in) {
        byte first = in.getByte(in.readerIndex());
        return first == PROTOCOL[0] || first == CR;
    }

    @Override
    public @Nullable Failure begin(byte[] array, int start, int end) {
        int n = Math.min(end - start, VERSION);
        for (int i = 0; i < n; i++) {
            if (array[start + i] != PROTOCOL[i]) {
                return wrong(array, start);
            }
        }
        return null;
    }

    @Override
    public @Nullable Failure read(byte[] array, int start, int end) {
        boolean version = end - start >= MIN_LINE
                && begin(array, start, end) == null
                && (array[start + VERSION] == '1' || array[start + VERSION] == '0')
                && array[start + VERSION + 1] == SP;
        if (!version || (end - start > MIN_LINE && array[start + MIN_LINE] != SP)) {
            return wrong(array, start);
        }
        int status = 0;
        for (int i = start + CODE; i < start + MIN_LINE; i++) {
            if (array[i] < '0' || array[i] > '9') {
                return HeadFailures.BAD_STATUS_LINE;
            }
            status = status * 10 + array[i] - '0';
        }
        if (status < 100) {
            return HeadFailures.BAD_STATUS_LINE;
        }
        old = array[start + VERSION] == '0';
        head.startLine(status, !old && end - start > MIN_LINE);
        return null;
    }

    private static Failure wrong(byte[] array, int start) {
        return array[start] == TLS_ALERT ? HeadFailures.TLS_ALERT : HeadFailures.BAD_STATUS_LINE;
    }
}
