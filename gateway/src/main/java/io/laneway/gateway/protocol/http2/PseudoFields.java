package io.laneway.gateway.protocol.http2;

import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * The pseudo-header fields of one request (RFC 9113 section 8.3.1, RFC 8441 section 4). Confined to one event loop; one for
 * each connection.
 */
final class PseudoFields {

    /** How many there can be. */
    static final int MOST = 5;

    private static final AsciiString CONNECT = AsciiString.cached("CONNECT");

    @Nullable
    AsciiString method;

    @Nullable
    AsciiString authority;

    @Nullable
    AsciiString protocol;

    private @Nullable AsciiString scheme;
    private @Nullable AsciiString path;
    private int count;

    void clear() {
        method = null;
        authority = null;
        protocol = null;
        scheme = null;
        path = null;
        count = 0;
    }

    boolean isEmpty() {
        return count == 0;
    }

    int count() {
        return count;
    }

    /** False if it is unknown or came before. */
    boolean put(AsciiString name, AsciiString value) {
        count++;
        AsciiString before;
        switch (name.toString()) {
            case ":method" -> {
                before = method;
                method = value;
            }
            case ":path" -> {
                before = path;
                path = value;
            }
            case ":authority" -> {
                before = authority;
                authority = value;
            }
            case ":scheme" -> {
                before = scheme;
                scheme = value;
            }
            case ":protocol" -> {
                before = protocol;
                protocol = value;
            }
            default -> {
                return false;
            }
        }
        return before == null;
    }

    boolean isTunnel() {
        return CONNECT.equals(method) && protocol == null;
    }

    /** What becomes the request target, or null if the fields do not make a request. */
    @Nullable
    AsciiString target() {
        if (isTunnel()) {
            return scheme == null && path == null ? authority : null;
        }
        boolean http = scheme != null && (scheme.contentEquals("http") || scheme.contentEquals("https"));
        return http && (protocol == null || CONNECT.equals(method)) ? path : null;
    }
}
