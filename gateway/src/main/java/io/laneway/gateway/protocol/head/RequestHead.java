package io.laneway.gateway.protocol.head;

import io.laneway.router.request.RequestView;
import io.laneway.router.request.VerifiedClaims;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head of a request in neutral form. Confined to one event loop; owned by the codec that fills it and valid until
 * the exchange it started is finished.
 *
 * <p>What a codec promises when it hands a head over: hop-by-hop fields (those that {@code Connection} names included)
 * and {@code Transfer-Encoding} are removed, at most one {@code Content-Length} line is left and agrees with
 * {@link #bodyLength()}, exactly one {@code Host} line is there and agrees with {@link #authority}, the target is in
 * origin form ({@code *} for a server-wide {@code OPTIONS}; {@code host:port} for {@code CONNECT}), no name or value
 * holds a control character.
 */
public final class RequestHead implements RequestView {

    /** {@link #bodyLength()} of a body that ends when its stream says so. */
    public static final long UNKNOWN_LENGTH = -1;

    private static final byte[] POST = {'P', 'O', 'S', 'T'};

    private final HeaderLines lines = new HeaderLines();
    private final Slice authority = new Slice();
    private Method method = Method.OTHER;
    private int methodLength;
    private int target;
    private int targetLength;
    private int originalTarget;
    private int originalLength;
    private int intactStart;
    private long bodyLength;
    private boolean expectsContinue;
    private boolean acceptsTrailers;
    private boolean upgrade;
    private boolean converted;
    private byte @Nullable [] cameAs;
    private Version version = Version.HTTP_1_1;
    private @Nullable VerifiedClaims claims;
    private @Nullable String grantedLane;
    private int port;

    /** The protocol in which a request came. */
    public enum Version {
        HTTP_1_0("HTTP/1.0"),
        HTTP_1_1("HTTP/1.1"),
        HTTP_2("HTTP/2");

        private final String word;

        Version(String word) {
            this.word = word;
        }

        /** As the access log names it. */
        public String word() {
            return word;
        }
    }

    /** Forgets everything; see {@link HeaderLines#clear}. */
    public void clear(int keep) {
        lines.clear(keep);
        authority.clear();
        targetLength = 0;
        originalLength = 0;
        methodLength = 0;
        method = Method.OTHER;
        intactStart = -1;
        bodyLength = 0;
        expectsContinue = false;
        acceptsTrailers = false;
        upgrade = false;
        converted = false;
        cameAs = null;
        version = Version.HTTP_1_1;
        claims = null;
        grantedLane = null;
        port = ANY_PORT;
    }

    /** Becomes a copy of another head, which may change afterwards. */
    public void copyOf(RequestHead other) {
        lines.copyOf(other.lines);
        byte[] host = other.authority.toString().getBytes(StandardCharsets.ISO_8859_1);
        authority.set(host, 0, host.length);
        method = other.method;
        methodLength = other.methodLength;
        target = other.target;
        targetLength = other.targetLength;
        originalTarget = other.originalTarget;
        originalLength = other.originalLength;
        intactStart = other.intactStart;
        bodyLength = other.bodyLength;
        expectsContinue = other.expectsContinue;
        acceptsTrailers = other.acceptsTrailers;
        upgrade = other.upgrade;
        converted = other.converted;
        cameAs = other.cameAs;
        version = other.version;
        claims = other.claims;
        grantedLane = other.grantedLane;
        port = other.port;
    }

    /**
     * Writes a start line {@code METHOD target HTTP/1.1} and the {@code Host} line. For codecs whose wire form is another;
     * to be called first after {@link #clear}.
     */
    public void start(CharSequence method, CharSequence target, CharSequence authority) {
        lines.text(method);
        methodLength = lines.end();
        lines.text(" ");
        this.target = lines.end();
        lines.text(target);
        targetLength = lines.end() - this.target;
        lines.text(" HTTP/1.1\r\n");
        startLine(methodLength, this.target, targetLength, true);
        lines.add(Field.HOST.header(), authority);
        authorityIs(authority.toString());
    }

    /** Says where in the array the parts of the start line lie. The method is at 0. For the HTTP/1.1 codec. */
    public void startLine(int methodLength, int target, int targetLength, boolean intact) {
        this.method = Method.of(lines.array(), 0, methodLength);
        this.methodLength = methodLength;
        this.target = target;
        this.targetLength = targetLength;
        this.originalTarget = target;
        this.originalLength = targetLength;
        this.intactStart = intact ? 0 : -1;
    }

    /** The header lines. */
    public HeaderLines lines() {
        return lines;
    }

    public Method method() {
        return method;
    }

    @Override
    public void method(Slice into) {
        into.set(lines.array(), 0, methodLength);
    }

    @Override
    public void target(Slice into) {
        into.set(lines.array(), target, targetLength);
    }

    /** How long the method is; it is at the start of the array. */
    public int methodLength() {
        return methodLength;
    }

    /** Where the target is in the array. */
    public int targetOffset() {
        return target;
    }

    public int targetLength() {
        return targetLength;
    }

    /** Points {@code into} at the target as it came, before a prefix was cut off. */
    public void originalTarget(Slice into) {
        into.set(lines.array(), originalTarget, originalLength);
    }

    /** Points {@code into} at the method as it came. */
    public void originalMethod(Slice into) {
        byte[] original = cameAs == null ? lines.array() : cameAs;
        into.set(original, 0, cameAs == null ? methodLength : original.length);
    }

    /**
     * Becomes a {@code POST} for another target, which stays whatever routes say of paths. The method that it had has three
     * characters at least, since the other is written in its place.
     */
    public void post(String newTarget) {
        cameAs = Arrays.copyOf(lines.array(), methodLength);
        System.arraycopy(POST, 0, lines.array(), 0, POST.length);
        method = Method.POST;
        methodLength = POST.length;
        replaceTarget(newTarget);
        converted = true;
    }

    /** Puts another path before the query, behind the lines, as the place of the path belongs to the target as it came. */
    public void replacePath(byte[] path, int length, int oldLength) {
        if (cameAs != null) {
            return;
        }
        int query = target + oldLength;
        int queryLength = targetLength - oldLength;
        int start = lines.end();
        lines.append(path, 0, length);
        lines.append(lines.array(), query, queryLength);
        targetSince(start);
    }

    /** Makes the target again what it was when it came. */
    public void restoreTarget() {
        target = originalTarget;
        targetLength = originalLength;
    }

    /** Makes another target the one that came; its bytes are copied behind the lines. */
    public void retarget(CharSequence text) {
        replaceTarget(text);
        originalTarget = target;
        originalLength = targetLength;
    }

    /** Forwards another target than the one that came, which keeps its place. */
    public void replaceTarget(CharSequence text) {
        int start = lines.end();
        lines.text(text);
        targetSince(start);
    }

    /** What stands behind the lines since there is the target now, apart from the lines by an end of its own. */
    private void targetSince(int start) {
        target = start;
        targetLength = lines.end() - start;
        lines.text("\r\n");
        intactStart = -1;
    }

    /** Cuts the first {@code length} bytes off the target; a target that then lacks its {@code /} gets one. */
    public void stripPrefix(int length) {
        if (cameAs != null) {
            return;
        }
        int left = targetLength - length;
        if (left > 0 && lines.array()[target + length] == '/') {
            target += length;
            targetLength = left;
        } else {
            stripWhole(length, left);
        }
        intactStart = -1;
    }

    /** Writes {@code /} and the query behind the lines, as the place before the query belongs to the target as it came. */
    private void stripWhole(int length, int left) {
        int start = lines.end();
        lines.text("/");
        lines.append(lines.array(), target + length, left);
        target = start;
        targetLength = left + 1;
        lines.text("\r\n");
    }

    @Override
    public void authority(Slice into) {
        into.set(authority.array(), authority.offset(), authority.length());
    }

    /** Whether the request names a host. */
    public boolean hasAuthority() {
        return authority.length() > 0;
    }

    /** Sets the authority to bytes of another array, which is not to change while the head is in use. */
    public void authorityIs(byte[] array, int offset, int length) {
        authority.set(array, offset, length);
    }

    /** Sets the authority. */
    public void authorityIs(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        authority.set(bytes, 0, bytes.length);
    }

    @Override
    public boolean header(HeaderName name, Slice into) {
        return header(name, 0, into);
    }

    @Override
    public boolean header(HeaderName name, int n, Slice into) {
        int line = lines.find(name, 0);
        for (int i = 0; i < n && line >= 0; i++) {
            line = lines.find(name, line + 1);
        }
        if (line < 0) {
            into.clear();
            return false;
        }
        lines.value(line, into);
        return true;
    }

    @Override
    public boolean verifiedClaim(byte[] name, Slice into) {
        VerifiedClaims verified = claims;
        if (verified == null) {
            into.clear();
            return false;
        }
        return verified.find(name, into);
    }

    /** Sets what the request's token says, once that was verified; null for nothing. */
    public void claims(@Nullable VerifiedClaims verified) {
        this.claims = verified;
    }

    @Override
    public @Nullable String grantedLane() {
        return grantedLane;
    }

    @Override
    public int port() {
        return port;
    }

    /** Sets the port of the listener at which the request came in. */
    public void cameInAt(int port) {
        this.port = port;
    }

    /** Sets the slug of the lane that a signed link grants the request; null for none. */
    public void grant(@Nullable String lane) {
        this.grantedLane = lane;
    }

    /** 0 where an untouched HTTP/1.1 start line is in the array, else -1: write it from its parts. */
    public int intactStart() {
        return intactStart;
    }

    /** Bytes of body to come: 0 for none, {@link #UNKNOWN_LENGTH} if only its end shows. */
    public long bodyLength() {
        return bodyLength;
    }

    public void bodyLength(long length) {
        this.bodyLength = length;
    }

    /** Whether the client waits for {@code 100 Continue} (RFC 9110 section 10.1.1); the line stays in the head. */
    public boolean expectsContinue() {
        return expectsContinue;
    }

    public void expectsContinue(boolean expects) {
        this.expectsContinue = expects;
    }

    /** Whether the client said {@code TE: trailers}; the line itself is removed, codecs write their own. */
    public boolean acceptsTrailers() {
        return acceptsTrailers;
    }

    public void acceptsTrailers(boolean accepts) {
        this.acceptsTrailers = accepts;
    }

    /**
     * Whether the client asks to change to the protocol of the {@code Upgrade} line (RFC 9110 section 7.8, RFC 8441);
     * that line then stays in the head, {@code Connection} does not.
     */
    public boolean upgrade() {
        return upgrade;
    }

    public void upgrade(boolean upgrade) {
        this.upgrade = upgrade;
    }

    /** Whether it came as something else than the call of gRPC that it is now. */
    public boolean converted() {
        return converted;
    }

    public void converted(boolean converted) {
        this.converted = converted;
    }

    public Version version() {
        return version;
    }

    public void version(Version version) {
        this.version = version;
    }
}
