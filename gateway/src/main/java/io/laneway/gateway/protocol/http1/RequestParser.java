package io.laneway.gateway.protocol.http1;

import static io.laneway.gateway.protocol.http1.Chars.SP;

import io.laneway.gateway.protocol.head.Authority;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.router.text.Slice;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads request heads (RFC 9112 section 3) into the neutral form. Confined to one event loop; one for each connection.
 * A head that comes through may be forwarded: no two readers can understand it differently.
 */
final class RequestParser {

    private static final int TOO_LARGE = 431;
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private final RequestHead head;
    private final HeadReader reader;
    private final RequestFraming framing = new RequestFraming();
    private final int keepBytes;
    private final int maxUri;
    private @Nullable Failure failure;

    RequestParser(RequestHead head, int maxBytes, int maxUri, int maxLines, int keepBytes) {
        this.head = head;
        this.keepBytes = keepBytes;
        this.maxUri = maxUri;
        head.clear(keepBytes);
        this.reader = new HeadReader(head.lines(), this::startLine, maxBytes, maxLines);
    }

    /** Gets ready for the next head. */
    void reset() {
        head.clear(keepBytes);
        reader.reset(head.lines());
        failure = null;
    }

    /** Whether bytes of a head have come. */
    boolean begun() {
        return reader.begun();
    }

    /** Reads on; the head is complete and checked when this says so. */
    HeadReader.Result read(ByteBuf in) {
        HeadReader.Result result = reader.read(in);
        if (result == HeadReader.Result.DONE) {
            failure = target();
            if (failure == null) {
                failure = framing.read(head);
            }
            return failure == null ? result : HeadReader.Result.FAILED;
        }
        if (result == HeadReader.Result.FAILED && reader.failure().status() == TOO_LARGE) {
            // what came of it may show whose request it was
            var unused = target();
        }
        return result;
    }

    /** What is wrong with the head. */
    Failure failure() {
        return failure == null ? reader.failure() : failure;
    }

    /** Whether the client wants the connection to stay (RFC 9112 section 9.3). */
    boolean keepAlive() {
        return framing.keepAlive();
    }

    /** See {@link RequestFraming#http2Settings}. */
    @Nullable
    Slice http2Settings() {
        return framing.http2Settings();
    }

    private @Nullable Failure startLine(byte[] array, int start, int end) {
        int method = start;
        while (Chars.TOKEN[array[method] & 0xff]) {
            method++;
        }
        if (method == start || array[method] != SP) {
            return HeadFailures.BAD_START_LINE;
        }
        int target = method + 1;
        int p = target;
        while (Chars.TARGET[array[p] & 0xff]) {
            p++;
        }
        if (p == target || array[p] != SP) {
            return array[p] == SP ? HeadFailures.BAD_START_LINE : HeadFailures.BAD_TARGET;
        }
        if (p - target > maxUri) {
            return HeadFailures.URI_TOO_LONG;
        }
        int minor = minorVersion(array, p + 1, end);
        if (minor < 0) {
            return minor == -1 ? HeadFailures.BAD_START_LINE : HeadFailures.BAD_VERSION;
        }
        head.version(minor == 0 ? RequestHead.Version.HTTP_1_0 : RequestHead.Version.HTTP_1_1);
        head.startLine(method - start, target, p - target, minor == 1);
        return null;
    }

    /** 0 or 1; -1 for what is no version, -2 for one that is not ours. */
    private static int minorVersion(byte[] array, int at, int end) {
        boolean version = end - at == VERSION_LENGTH
                && array[at] == 'H'
                && array[at + 1] == 'T'
                && array[at + 2] == 'T'
                && array[at + 3] == 'P'
                && array[at + 4] == '/'
                && array[at + 6] == '.'
                && isDigit(array[at + 5])
                && isDigit(array[at + 7]);
        if (!version) {
            return -1;
        }
        int minor = array[at + 7] - '0';
        return array[at + 5] == '1' && minor <= 1 ? minor : -2;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Settles target and authority (RFC 9112 sections 3.2 and 3.3). */
    private @Nullable Failure target() {
        Failure wrong = host();
        if (wrong != null) {
            return wrong;
        }
        byte[] array = head.lines().array();
        int at = head.targetOffset();
        if (head.method() == Method.CONNECT) {
            return connect(array, at);
        }
        if (array[at] == '/') {
            return null;
        }
        if (array[at] == '*' && head.targetLength() == 1) {
            return head.method() == Method.OPTIONS ? null : HeadFailures.BAD_TARGET;
        }
        return absolute(array, at, at + head.targetLength());
    }

    private @Nullable Failure host() {
        HeaderLines lines = head.lines();
        int line = lines.find(Field.HOST, 0);
        if (line < 0) {
            if (head.version() != RequestHead.Version.HTTP_1_0) {
                return HeadFailures.NO_HOST;
            }
            lines.add(Field.HOST.header(), "");
            head.authorityIs("");
            return null;
        }
        if (lines.find(Field.HOST, line + 1) >= 0) {
            return HeadFailures.MANY_HOSTS;
        }
        int offset = lines.valueOffset(line);
        int length = lines.valueLength(line);
        boolean none = length == 0 && head.version() == RequestHead.Version.HTTP_1_0;
        if (!none && !Authority.isValid(lines.array(), offset, length)) {
            return length == 0 ? HeadFailures.EMPTY_HOST : HeadFailures.BAD_HOST;
        }
        head.authorityIs(lines.array(), offset, length);
        return null;
    }

    private @Nullable Failure connect(byte[] array, int at) {
        int length = head.targetLength();
        if (!Authority.isValid(array, at, length) || Authority.port(array, at, length) < 0) {
            return HeadFailures.BAD_TARGET;
        }
        replaceHost(array, at, length);
        return null;
    }

    private @Nullable Failure absolute(byte[] array, int at, int end) {
        int scheme = at;
        while (scheme < end && array[scheme] != ':') {
            scheme++;
        }
        boolean http = Chars.spell(array, at, scheme - at, "http") || Chars.spell(array, at, scheme - at, "https");
        int host = scheme + 3;
        if (!http || host >= end || array[scheme + 1] != '/' || array[scheme + 2] != '/') {
            return HeadFailures.BAD_TARGET;
        }
        int path = host;
        while (path < end && array[path] != '/' && array[path] != '?') {
            path++;
        }
        if (!Authority.isValid(array, host, path - host)) {
            return HeadFailures.BAD_HOST;
        }
        replaceHost(array, host, path - host);
        if (path == end || array[path] == '?') {
            boolean serverWide = path == end && head.method() == Method.OPTIONS;
            path--;
            head.lines().array()[path] = (byte) (serverWide ? '*' : '/');
        }
        head.startLine(head.methodLength(), path, end - path, false);
        return null;
    }

    /** The authority of the target goes before what {@code Host} says (RFC 9112 section 3.2.2). */
    private void replaceHost(byte[] array, int offset, int length) {
        HeaderLines lines = head.lines();
        lines.remove(Field.HOST);
        lines.add(Field.HOST.header(), array, offset, length);
        int line = lines.find(Field.HOST, 0);
        head.authorityIs(lines.array(), lines.valueOffset(line), lines.valueLength(line));
    }
}
