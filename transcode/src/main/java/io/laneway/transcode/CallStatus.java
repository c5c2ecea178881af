package io.laneway.transcode;

import io.laneway.gateway.protocol.grpc.GrpcStatus;
import io.laneway.gateway.protocol.head.HeaderLines;
import io.laneway.router.text.HeaderName;
import io.laneway.router.text.Slice;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** How a call ended: as its endpoint says, unless the transcoder itself found something. Confined to one event loop. */
final class CallStatus {

    private static final HeaderName MESSAGE = HeaderName.of("grpc-message");
    private static final HeaderName DETAILS = HeaderName.of("grpc-status-details-bin");

    private int code = GrpcStatus.NONE;
    private int http;
    private String message = "";
    private byte @Nullable [] details;
    private boolean own;

    /** What the transcoder found; the first counts, and more than what the endpoint says. */
    void own(int ownCode, int httpStatus, String why) {
        if (!own) {
            own = true;
            code = ownCode;
            http = httpStatus;
            message = why;
            details = null;
        }
    }

    /** What a head or trailers say, if they do. */
    void read(HeaderLines lines) {
        int said = GrpcStatus.read(lines);
        if (own || said == GrpcStatus.NONE) {
            return;
        }
        code = said;
        http = GrpcStatus.http(said);
        Slice slice = new Slice();
        int line = lines.find(MESSAGE, 0);
        if (line >= 0) {
            lines.value(line, slice);
            message = Percent.decode(slice.toString(), true);
        }
        line = lines.find(DETAILS, 0);
        if (line >= 0) {
            lines.value(line, slice);
            details = decoded(slice.toString());
        }
    }

    private static byte @Nullable [] decoded(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    int code() {
        return code;
    }

    /** The status of HTTP that says the same. */
    int http() {
        return http;
    }

    String json(Json json) {
        return json.status(code, message, details);
    }
}
