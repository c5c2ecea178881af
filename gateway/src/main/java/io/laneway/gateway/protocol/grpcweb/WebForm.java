package io.laneway.gateway.protocol.grpcweb;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.MediaType;
import io.laneway.gateway.protocol.head.Method;
import io.laneway.gateway.protocol.head.RequestHead;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two forms of gRPC-Web. Immutable. */
@SuppressWarnings("ImmutableEnumChecker") // media types do not change
enum WebForm {
    BINARY("application/grpc-web"),
    TEXT("application/grpc-web-text");

    private static final HeaderName ACCEPT = HeaderName.of("accept");
    private static final String GRPC = "application/grpc";
    private static final String PROTO = "+proto";

    private final String name;
    private final MediaType type;

    WebForm(String name) {
        this.name = name;
        this.type = MediaType.of(name);
    }

    /** The form in which a request comes, null if it is no call of gRPC-Web. */
    static @Nullable WebForm of(RequestHead head) {
        return head.method() != Method.POST || head.upgrade() ? null : named(head.lines());
    }

    /** The form that the type of a body names, null for none. */
    static @Nullable WebForm named(HeaderLines lines) {
        if (BINARY.type.matches(lines)) {
            return BINARY;
        }
        return TEXT.type.matches(lines) ? TEXT : null;
    }

    /** The form that a request of this form wants its response in: another only if it accepts no other. */
    WebForm ofResponse(HeaderLines request) {
        Slice value = new Slice();
        int line = request.find(ACCEPT, 0);
        if (line < 0) {
            return this;
        }
        request.value(line, value);
        String accepted = value.toString().toLowerCase(Locale.ROOT);
        if (accepted.contains(TEXT.name)) {
            return TEXT;
        }
        return accepted.contains(BINARY.name) ? BINARY : this;
    }

    /** Makes the request one of gRPC. */
    void toGrpc(RequestHead head) {
        HeaderLines lines = head.lines();
        String type = GRPC + suffix(lines, name.length());
        lines.remove(Field.CONTENT_TYPE);
        lines.remove(Field.CONTENT_LENGTH);
        lines.remove(ACCEPT);
        lines.add(Field.CONTENT_TYPE.header(), type);
        if (head.bodyLength() > 0) {
            head.bodyLength(RequestHead.UNKNOWN_LENGTH);
        }
        head.acceptsTrailers(true);
        head.converted(true);
    }

    /** Makes the type of a response of gRPC that of this form. */
    void fromGrpc(HeaderLines lines) {
        String suffix = suffix(lines, GRPC.length());
        lines.remove(Field.CONTENT_TYPE);
        lines.add(Field.CONTENT_TYPE.header(), name + (suffix.isEmpty() ? PROTO : suffix));
    }

    /** The {@code +suffix} of a media type whose name is that long, without parameters. */
    private static String suffix(HeaderLines lines, int length) {
        Slice value = new Slice();
        lines.first(Field.CONTENT_TYPE, value);
        String rest = value.toString().substring(length);
        int end = 0;
        while (end < rest.length() && rest.charAt(end) > ' ' && rest.charAt(end) != ';') {
            end++;
        }
        return rest.substring(0, end);
    }
}
