package io.laneway.gateway.protocol.stream;

import java.util.Locale;

/**
 * A rule of HTTP that a message breaks so that it cannot be passed on: for the local reply, the log and the metric of
 * malformed responses. Immutable.
 */
public enum Violation {
    START_LINE("malformed start line"),
    HEADER_NAME("a header name holds a character that is not allowed, or space before its colon"),
    HEADER_VALUE("a header value holds a control character"),
    HEADER_FOLDED("a header line starts with white space (expected: a name; folding is obsolete)"),
    BARE_LF("a line of the head ends with LF alone (expected: CRLF)"),
    BARE_CR("a CR without LF in the head (expected: CRLF)"),
    HEAD_SIZE("the head is larger than allowed"),
    HEADER_COUNT("the head has more header lines than allowed"),
    CONTENT_LENGTH("malformed or differing Content-Length (expected: one decimal number)"),
    TRANSFER_ENCODING("Transfer-Encoding is not chunked (expected: chunked, once, in HTTP/1.1)"),
    SWITCHING("101 Switching Protocols without a request for it"),
    CHUNK_SIZE("malformed chunk size (expected: hexadecimal digits, then CRLF)"),
    CHUNK_EXTENSION("malformed chunk extension (expected: ;name or ;name=value)"),
    CHUNK_END("no CRLF behind the data of a chunk"),
    PSEUDO_FIELD("malformed or missing pseudo-header field"),
    CONNECTION_FIELD("a field that HTTP/2 does not allow, such as Connection or Transfer-Encoding"),
    BODY_LENGTH("the body is longer or shorter than its Content-Length");

    private final String detail;

    Violation(String detail) {
        this.detail = detail;
    }

    /** The rule in words. */
    public String detail() {
        return detail;
    }

    /** The rule as metrics name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
