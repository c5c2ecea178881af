package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.head.Trailers;
import io.laneway.gateway.protocol.stream.Violation;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a response's fields as HPACK decodes them and writes them straight into a neutral head (RFC 9113 section
 * 8.3.2). Confined to one event loop; one for each connection. A list without {@code :status} is one of trailers.
 */
final class ResponseFields extends DefaultHttp2Headers {

    private static final AsciiString STATUS = PseudoHeaderName.STATUS.value();
    private static final long CONNECTION_SPECIFIC = Field.CONNECTION.bit()
            | Field.KEEP_ALIVE.bit()
            | Field.PROXY_CONNECTION.bit()
            | Field.TRANSFER_ENCODING.bit()
            | Field.UPGRADE.bit();

    private final int maxFields;
    private final ResponseHead response = new ResponseHead();
    private @Nullable AsciiString status;
    private @Nullable Violation violation;
    private int count;

    ResponseFields(int maxFields) {
        super(false);
        this.maxFields = maxFields;
    }

    /** Gets ready for the next list. */
    ResponseFields start() {
        response.clear(StreamSettings.KEEP_BYTES);
        status = null;
        violation = null;
        count = 0;
        return this;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        count++;
        if (violation == null && count > maxFields) {
            violation = Violation.HEADER_COUNT;
        }
        if (violation != null) {
            return this;
        }
        AsciiString fieldName = AsciiString.of(name);
        AsciiString fieldValue = AsciiString.of(value);
        if (!fieldName.isEmpty() && fieldName.byteAt(0) == ':') {
            boolean first = count == 1 && fieldName.equals(STATUS);
            violation = first && status(fieldValue) ? null : Violation.PSEUDO_FIELD;
        } else if (!FieldBytes.write(response.lines(), fieldName, fieldValue)) {
            violation = Violation.HEADER_VALUE;
        }
        return this;
    }

    private boolean status(AsciiString value) {
        long code = Ascii.parse(value.array(), value.arrayOffset(), value.length());
        if (value.length() != 3 || code < 100 || code == 101) {
            return false;
        }
        status = value;
        response.start((int) code);
        return true;
    }

    /**
     * The head, settled, or null if it is malformed or none.
     *
     * @param end    whether the stream ends with it
     * @param toHead whether it answers HEAD
     */
    @Nullable
    ResponseHead head(boolean end, boolean toHead) {
        HeaderLines lines = response.lines();
        if (violation == null && (status == null || lines.mayHave(CONNECTION_SPECIFIC))) {
            violation = status == null ? Violation.PSEUDO_FIELD : Violation.CONNECTION_FIELD;
        }
        if (violation != null) {
            return null;
        }
        int line = lines.find(Field.CONTENT_LENGTH, 0);
        long length = ResponseHead.UNKNOWN_LENGTH;
        if (line >= 0) {
            length = Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
            if (length < 0 || lines.find(Field.CONTENT_LENGTH, line + 1) >= 0) {
                violation = Violation.CONTENT_LENGTH;
                return null;
            }
        }
        boolean bodiless = toHead || response.status() == 304 || response.status() == 204 || response.informational();
        if (end && length > 0 && !bodiless) {
            violation = Violation.BODY_LENGTH;
            return null;
        }
        response.bodyLength(end || bodiless ? 0 : length);
        return response;
    }

    /** The trailers, or null if the list is not one of trailers or malformed. */
    @Nullable
    HeaderLines trailers() {
        if (violation == null && (status != null || response.lines().mayHave(CONNECTION_SPECIFIC))) {
            violation = status != null ? Violation.PSEUDO_FIELD : Violation.CONNECTION_FIELD;
        }
        if (violation != null) {
            return null;
        }
        Trailers.clean(response.lines());
        return response.lines();
    }

    /** The rule that a malformed list breaks. */
    Violation violation() {
        return violation == null ? Violation.PSEUDO_FIELD : violation;
    }

    @Override
    public @Nullable CharSequence status() {
        return status;
    }

    @Override
    public int size() {
        return count;
    }

    @Override
    public List<CharSequence> getAll(CharSequence name) {
        return List.of();
    }
}
