package io.laneway.gateway.protocol.http1;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.gateway.protocol.stream.Malformed;
import io.laneway.gateway.protocol.stream.Violation;
import io.netty.buffer.ByteBuf;

/**
 * Reads response heads (RFC 9112 sections 4, 6 and 9) into the neutral form. Confined to one event loop; used again for
 * head after head.
 *
 * <p>What endpoints are known to write though they should not is put right where it has one meaning: LF alone at the end of
 * a line, a length beside chunked, the same length said again. The client gets the message without it, and the
 * connection is not used again, since another reader may see other ends of messages on it.
 */
final class ResponseParser {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int SWITCHING = 101;
    private static final int UPGRADE_REQUIRED = 426;

    private final ResponseHead head;
    private final StatusLineReader statusLine;
    private final HeadReader reader;
    private final ConnectionOptions options = new ConnectionOptions();
    private final int keepBytes;
    private boolean old;
    private boolean keepAlive;
    private boolean chunked;
    private boolean odd;
    private Violation violation = Violation.START_LINE;

    ResponseParser(ResponseHead head, int maxBytes, int maxLines, int keepBytes) {
        this.head = head;
        this.keepBytes = keepBytes;
        head.clear(keepBytes);
        this.statusLine = new StatusLineReader(head);
        this.reader = new HeadReader(head.lines(), statusLine, maxBytes, maxLines, true);
    }

    /** Gets ready for the next head. */
    void reset() {
        odd = false;
        head.clear(keepBytes);
        reader.reset(head.lines());
    }

    /** The head that it reads into. */
    ResponseHead head() {
        return head;
    }

    /** Whether bytes of a head have come. */
    boolean begun() {
        return reader.begun();
    }

    /** Reads on; the head is complete and checked when this says so. {@code method} is that of the request. */
    HeadReader.Result read(ByteBuf in, Method method) {
        HeadReader.Result result = reader.read(in);
        if (result == HeadReader.Result.DONE) {
            odd |= reader.mended();
            return settle(method) ? result : HeadReader.Result.FAILED;
        }
        return result;
    }

    /** What is wrong with the head. */
    Failure failure() {
        Failure read = reader.failed();
        if (read == null) {
            return Malformed.responseHead(violation);
        }
        Violation broken = read.violation();
        return Failure.BAD_RESPONSE.of(broken == null ? Violation.START_LINE : broken, read.detail());
    }

    /** Whether the head was put right: its connection carries no other request, whatever follows on it. */
    boolean odd() {
        return odd;
    }

    /** Whether the connection may carry another request after this response. */
    boolean keepAlive() {
        return keepAlive && !odd;
    }

    /** Whether the body is chunked; one of unknown length that is not ends with the connection. */
    boolean chunked() {
        return chunked;
    }

    private boolean settle(Method method) {
        HeaderLines lines = head.lines();
        int status = head.status();
        old = statusLine.old();
        keepAlive = !old;
        boolean switching = status == SWITCHING;
        boolean coded = false;
        boolean wellCoded = false;
        if (ConnectionOptions.mayConcern(lines)) {
            options.read(lines);
            keepAlive = !options.close() && (!old || options.keepAlive()) && !options.malformed();
            coded = lines.mayHave(Field.TRANSFER_ENCODING.bit());
            wellCoded = coded && !old && isChunked(lines);
            lines.remove(Field.TRANSFER_ENCODING);
            lines.remove(Field.TE);
            if (!switching && status != UPGRADE_REQUIRED) {
                lines.remove(Field.UPGRADE);
            }
        }
        chunked = wellCoded;
        return length(method, coded, wellCoded);
    }

    private boolean length(Method method, boolean coded, boolean wellCoded) {
        HeaderLines lines = head.lines();
        if (coded && !wellCoded) {
            violation = Violation.TRANSFER_ENCODING;
            return false;
        }
        int line = lines.find(Field.CONTENT_LENGTH, 0);
        long length = ResponseHead.UNKNOWN_LENGTH;
        if (line >= 0) {
            length = Lengths.read(lines, line);
            if (length < 0 || coded) {
                odd = true;
                length = Lengths.agreed(lines, line);
                line = lines.find(Field.CONTENT_LENGTH, 0);
            }
            if (length < 0) {
                violation = Violation.CONTENT_LENGTH;
                return false;
            }
        }
        if (coded && line >= 0) {
            lines.remove(line);
            line = -1;
            length = ResponseHead.UNKNOWN_LENGTH;
        }
        if (bodiless(method)) {
            chunked = false;
            length = 0;
            if (line >= 0 && (head.status() < 200 || head.status() == NO_CONTENT)) {
                lines.remove(line);
            }
        } else if (length < 0 && !wellCoded) {
            keepAlive = false;
        }
        head.bodyLength(length);
        return true;
    }

    private boolean bodiless(Method method) {
        int status = head.status();
        return status < 200
                || status == NO_CONTENT
                || status == NOT_MODIFIED
                || method == Method.HEAD
                || (method == Method.CONNECT && status < 300);
    }

    private static boolean isChunked(HeaderLines lines) {
        int line = lines.find(Field.TRANSFER_ENCODING, 0);
        return line >= 0
                && lines.find(Field.TRANSFER_ENCODING, line + 1) < 0
                && Chars.spell(lines.array(), lines.valueOffset(line), lines.valueLength(line), "chunked");
    }
}
