package io.laneway.gateway.protocol.grpc;

import io.laneway.gateway.protocol.head.Field;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.gateway.protocol.head.ResponseHead;
import io.laneway.gateway.protocol.stream.Failure;
import io.laneway.router.text.HeaderName;
import java.nio.charset.StandardCharsets;

/** How the gateway itself reports a failed call to a gRPC client. Stateless. */
public final class GrpcReply {

    private static final HeaderName MESSAGE = HeaderName.of("grpc-message");
    private static final String HEX = "0123456789ABCDEF";

    private GrpcReply() {}

    /** Writes a head that is a whole response: the trailers-only form. Returns the code. */
    public static int head(ResponseHead head, Failure failure) {
        head.clear(0);
        head.start(200);
        head.bodyLength(0);
        head.lines().add(Field.CONTENT_TYPE.header(), "application/grpc");
        return status(head.lines(), failure);
    }

    /** Writes trailers that end a response which has begun. Returns the code. */
    public static int trailers(HeaderLines lines, Failure failure) {
        lines.clear(0);
        return status(lines, failure);
    }

    private static int status(HeaderLines lines, Failure failure) {
        int code = GrpcStatus.of(failure);
        lines.add(Field.GRPC_STATUS, code);
        lines.add(MESSAGE, encode(failure.detail()));
        return code;
    }

    /** Percent-encodes what is not printable ASCII, and the percent sign. */
    static String encode(String message) {
        StringBuilder encoded = new StringBuilder(message.length());
        for (byte octet : message.getBytes(StandardCharsets.UTF_8)) {
            if (octet >= ' ' && octet <= '~' && octet != '%') {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt(octet >> 4 & 0xf)).append(HEX.charAt(octet & 0xf));
            }
        }
        return encoded.toString();
    }
}
