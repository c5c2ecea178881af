package io.laneway.gateway.server.transparent;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * What a client speaks, by the first bytes that it sends: a request line of HTTP (RFC 9112 section 3), the preface of
 * HTTP/2 (RFC 9113 section 3.4), a record of a TLS handshake (RFC 8446 section 5.1), or something else.
 */
enum FirstBytes {
    /** More bytes are needed. */
    MORE,
    HTTP1,
    HTTP2,
    TLS,
    OTHER;

    private static final int LONGEST_METHOD = 24;
    private static final int LONGEST_LINE = 16 * 1024;
    private static final int TLS_HANDSHAKE = 22;
    private static final int TLS_MAJOR = 3;
    private static final int TLS_NEWEST_MINOR = 4;
    private static final String VERSION = " HTTP/";
    private static final String CONNECT = "CONNECT";

    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "PRI");

    /** What these bytes are the beginning of; the buffer's reader index stays. */
    static FirstBytes of(ByteBuf in) {
        if (!in.isReadable()) {
            return MORE;
        }
        int at = in.readerIndex();
        return in.getByte(at) == TLS_HANDSHAKE ? tls(in, at) : http(in, at);
    }

    private static FirstBytes tls(ByteBuf in, int at) {
        int n = in.readableBytes();
        if (n > 1 && in.getByte(at + 1) != TLS_MAJOR) {
            return OTHER;
        }
        if (n < 3) {
            return MORE;
        }
        return in.getUnsignedByte(at + 2) <= TLS_NEWEST_MINOR ? TLS : OTHER;
    }

    private static FirstBytes http(ByteBuf in, int at) {
        int end = in.writerIndex();
        int space = at;
        while (space < end && isOfMethod(in.getByte(space))) {
            space++;
        }
        if (space == end) {
            return space - at > LONGEST_METHOD ? OTHER : MORE;
        }
        boolean method = space > at && space - at <= LONGEST_METHOD && in.getByte(space) == ' ';
        // what CONNECT asks for is the server's that was addressed: a proxy, which opens the tunnel
        if (!method || text(in, at, space).equals(CONNECT)) {
            return OTHER;
        }
        int line = in.indexOf(space, Math.min(end, at + LONGEST_LINE), (byte) '\n');
        if (line >= 0) {
            return version(in, line);
        }
        boolean over = end - at >= LONGEST_LINE;
        return !over ? MORE : isLikelyHttp(in) ? HTTP1 : OTHER;
    }

    /** By the end of the line: <code>HTTP/1.1</code> or the like. */
    private static FirstBytes version(ByteBuf in, int lineFeed) {
        int end = in.getByte(lineFeed - 1) == '\r' ? lineFeed - 1 : lineFeed;
        int start = end - VERSION.length() - 3;
        if (start <= in.readerIndex()
                || !text(in, start, start + VERSION.length()).equals(VERSION)) {
            return OTHER;
        }
        return in.getByte(end - 3) == '2' ? HTTP2 : HTTP1;
    }

    /** Whether bytes that are not a whole line yet begin as requests do, so that the rest is late rather than strange. */
    static boolean isLikelyHttp(ByteBuf in) {
        int at = in.readerIndex();
        int end = in.writerIndex();
        int space = in.indexOf(at, Math.min(end, at + LONGEST_METHOD), (byte) ' ');
        if (space < 0 || space + 1 == end || !METHODS.contains(text(in, at, space))) {
            return false;
        }
        byte next = in.getByte(space + 1);
        return next == '/' || next == '*' || next == 'h';
    }

    private static String text(ByteBuf in, int from, int to) {
        return in.toString(from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** Methods in use are of capital letters and hyphens; other tokens would be taken for those of other protocols. */
    private static boolean isOfMethod(byte b) {
        return (b >= 'A' && b <= 'Z') || b == '-' || b == '_';
    }
}
