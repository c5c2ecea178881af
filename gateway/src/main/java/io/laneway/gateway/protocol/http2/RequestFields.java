package io.laneway.gateway.protocol.http2;

import io.laneway.gateway.protocol.head.Ascii;
import io.laneway.gateway.protocol.head.Authority;
import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.gateway.protocol.head.Trailers;
import io.laneway.gateway.protocol.stream.Failure;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a request's fields as HPACK decodes them and writes them straight into a neutral head (RFC 9113 sections 8.2 and
 * 8.3). Confined to one event loop; one for each connection. A list without pseudo-header fields is one of trailers.
 */
final class RequestFields extends DefaultHttp2Headers {

    private static final AsciiString GET = AsciiString.cached("GET");
    private static final AsciiString OPTIONS = AsciiString.cached("OPTIONS");
    private static final byte[] VERSION = AsciiString.cached(" HTTP/1.1\r\n").array();
    private static final byte[] SPACE = {' '};

    private final StreamSettings settings;
    private final HeadPool heads;
    private final PseudoFields pseudo = new PseudoFields();
    private @Nullable RequestHead filling;
    private boolean started;
    private boolean malformed;
    private boolean badExpectation;
    private int count;
    private int cookies;
    private long length;

    RequestFields(StreamSettings settings, HeadPool heads) {
        super(false);
        this.settings = settings;
        this.heads = heads;
    }

    /** Gets ready for the next list. */
    RequestFields start() {
        RequestHead fresh = filling == null ? heads.take() : filling;
        filling = fresh;
        fresh.clear(StreamSettings.KEEP_BYTES);
        fresh.version(RequestHead.Version.HTTP_2);
        pseudo.clear();
        started = false;
        malformed = false;
        badExpectation = false;
        count = 0;
        cookies = 0;
        length = RequestHead.UNKNOWN_LENGTH;
        return this;
    }

    /** Gives back the head that waits to be filled. */
    void free() {
        if (filling != null) {
            heads.give(filling);
            filling = null;
        }
    }

    private RequestHead current() {
        RequestHead now = filling;
        if (now == null) {
            throw new IllegalStateException("no list was started");
        }
        return now;
    }

    @Override
    public Http2Headers add(CharSequence name, CharSequence value) {
        AsciiString fieldName = AsciiString.of(name);
        AsciiString fieldValue = AsciiString.of(value);
        count++;
        if (malformed || count > settings.headers() + PseudoFields.MOST) {
            return this;
        }
        if (!fieldName.isEmpty() && fieldName.byteAt(0) == ':') {
            malformed = started || !pseudo.put(fieldName, fieldValue);
        } else {
            regular(current(), fieldName, fieldValue);
        }
        return this;
    }

    private void regular(RequestHead to, AsciiString name, AsciiString value) {
        HeaderLines lines = to.lines();
        if (!started) {
            started = true;
            if (!pseudo.isEmpty() && !startLine(to)) {
                malformed = true;
                return;
            }
        }
        if (!FieldBytes.write(lines, name, value)) {
            malformed = true;
            return;
        }
        Field field = FieldBytes.last(lines);
        if (field != null) {
            malformed |= !known(to, lines, field, value);
        }
    }

    private boolean known(RequestHead to, HeaderLines lines, Field field, AsciiString value) {
        int line = lines.count() - 1;
        switch (field) {
            case CONNECTION, KEEP_ALIVE, PROXY_CONNECTION, TRANSFER_ENCODING, UPGRADE -> {
                return false;
            }
            case HTTP2_SETTINGS -> lines.remove(line);
            case TE -> {
                lines.remove(line);
                to.acceptsTrailers(true);
                return value.contentEqualsIgnoreCase("trailers");
            }
            case HOST -> {
                return pseudo.isEmpty() || host(to, lines, line, value);
            }
            case CONTENT_LENGTH -> {
                boolean first = length == RequestHead.UNKNOWN_LENGTH;
                length = Ascii.parse(lines.array(), lines.valueOffset(line), lines.valueLength(line));
                return first && length >= 0;
            }
            case COOKIE -> cookies++;
            case EXPECT -> {
                badExpectation |= to.expectsContinue() || !value.contentEqualsIgnoreCase("100-continue");
                to.expectsContinue(true);
            }
            default -> {
                return true;
            }
        }
        return true;
    }

    /** {@code Host} replaces {@code :authority} where that is missing, and must say the same where it is not. */
    private boolean host(RequestHead to, HeaderLines lines, int line, AsciiString value) {
        AsciiString authority = pseudo.authority;
        lines.remove(line);
        if (authority != null) {
            return authority.contentEqualsIgnoreCase(value);
        }
        pseudo.authority = value;
        lines.remove(Field.HOST);
        return authority(to, value);
    }

    private static boolean authority(RequestHead to, AsciiString authority) {
        byte[] array = authority.array();
        int offset = authority.arrayOffset();
        to.lines().add(Field.HOST.header(), array, offset, authority.length());
        to.authorityIs(array, offset, authority.length());
        return Authority.isValid(array, offset, authority.length());
    }

    /** Writes the start line and {@code Host}; false if a pseudo-header field is missing or malformed. */
    private boolean startLine(RequestHead to) {
        AsciiString method = pseudo.method;
        AsciiString target = pseudo.target();
        if (method == null || target == null || !FieldBytes.isMethod(method) || !FieldBytes.isTarget(target)) {
            return false;
        }
        if (pseudo.protocol != null) {
            method = GET;
        }
        HeaderLines lines = to.lines();
        lines.append(method.array(), method.arrayOffset(), method.length());
        lines.append(SPACE, 0, 1);
        int at = lines.end();
        lines.append(target.array(), target.arrayOffset(), target.length());
        lines.append(VERSION, 0, VERSION.length);
        to.startLine(method.length(), at, target.length(), true);
        if (pseudo.protocol != null && !protocol(to, pseudo.protocol)) {
            return false;
        }
        AsciiString authority = pseudo.authority;
        if (authority == null) {
            lines.add(Field.HOST.header(), "");
            to.authorityIs("");
            return !pseudo.isTunnel();
        }
        return authority(to, authority) && (!pseudo.isTunnel() || hasPort(authority));
    }

    private static boolean hasPort(AsciiString authority) {
        return Authority.port(authority.array(), authority.arrayOffset(), authority.length()) >= 0;
    }

    /** An extended CONNECT (RFC 8441) in the neutral form of an upgrade. */
    private static boolean protocol(RequestHead to, AsciiString protocol) {
        if (!FieldBytes.isMethod(protocol)) {
            return false;
        }
        to.upgrade(true);
        to.lines().add(Field.UPGRADE.header(), protocol.array(), protocol.arrayOffset(), protocol.length());
        return true;
    }

    /**
     * Settles a request's head.
     *
     * @param end whether the stream ends with it
     * @return what is wrong with it, or null
     */
    @Nullable
    Failure settle(boolean end) {
        RequestHead to = current();
        if (!started && !malformed) {
            started = true;
            malformed = !startLine(to);
        }
        AsciiString target = pseudo.target();
        if (malformed || target == null || pseudo.isEmpty()) {
            return RequestFailures.REQUEST;
        }
        boolean wholeServer = target.contentEquals("*") && OPTIONS.equals(pseudo.method);
        if (!pseudo.isTunnel() && target.byteAt(0) != '/' && !wholeServer) {
            return RequestFailures.REQUEST;
        }
        if (count - pseudo.count() > settings.headers()) {
            return RequestFailures.TOO_MANY_FIELDS;
        }
        if (target.length() > settings.uriBytes()) {
            return RequestFailures.URI_TOO_LONG;
        }
        if (cookies > 1) {
            joinCookies(to.lines());
        }
        return body(to, end);
    }

    private @Nullable Failure body(RequestHead to, boolean end) {
        if (end && length > 0) {
            return RequestFailures.REQUEST;
        }
        to.bodyLength(end ? 0 : length);
        if (!end && length == 0) {
            // With no body announced, an endpoint would take the head for all, though the stream may yet be malformed.
            to.lines().remove(Field.CONTENT_LENGTH);
            to.bodyLength(RequestHead.UNKNOWN_LENGTH);
        }
        if (pseudo.isTunnel() || to.upgrade()) {
            to.lines().remove(Field.CONTENT_LENGTH);
            to.bodyLength(0);
        }
        if (to.expectsContinue() && end) {
            to.expectsContinue(false);
            to.lines().remove(Field.EXPECT);
        }
        return badExpectation ? RequestFailures.EXPECTATION : null;
    }

    /** Crumbs of a cookie become one line again (RFC 9113 section 8.2.3). */
    private static void joinCookies(HeaderLines lines) {
        int start = lines.begin(Field.COOKIE.header());
        boolean first = true;
        for (int line = lines.find(Field.COOKIE, 0); line >= 0; line = lines.find(Field.COOKIE, line + 1)) {
            if (!first) {
                lines.text("; ");
            }
            first = false;
            lines.append(lines.array(), lines.valueOffset(line), lines.valueLength(line));
            lines.remove(line);
        }
        lines.finish(start, Field.COOKIE.header().bytes().length);
    }

    /** The trailers, or null if the list is not one of trailers or malformed. */
    @Nullable
    HeaderLines trailers() {
        if (malformed || !pseudo.isEmpty() || count > settings.headers()) {
            return null;
        }
        HeaderLines lines = current().lines();
        Trailers.clean(lines);
        return lines;
    }

    /** Bytes of body that were announced, or {@link RequestHead#UNKNOWN_LENGTH}. */
    long length() {
        return length;
    }

    /** Returns the head; the next list gets another. */
    RequestHead take() {
        RequestHead filled = current();
        filling = null;
        return filled;
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
