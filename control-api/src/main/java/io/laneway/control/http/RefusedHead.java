package io.laneway.control.http;

import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;

/** Responds to requests whose head cannot be read, and ends their connections: nothing says where the next one begins. Stateless. */
public final class RefusedHead {

    private static final int BAD_REQUEST = 400;
    private static final int URI_TOO_LONG = 414;
    private static final int FIELDS_TOO_LARGE = 431;

    private RefusedHead() {}

    /** Says what of the head is too long for a server with these options, or that it is no HTTP. */
    public static void refuse(HttpServerRequest request, HttpServerOptions options) {
        Throwable cause = request.decoderResult().cause();
        request.response().putHeader("connection", "close");
        if (cause instanceof TooLongHttpLineException) {
            send(
                    request,
                    URI_TOO_LONG,
                    "the request line is too long (expected: at most " + options.getMaxInitialLineLength() + " bytes)");
        } else if (cause instanceof TooLongHttpHeaderException) {
            send(
                    request,
                    FIELDS_TOO_LARGE,
                    "the header is too long (expected: at most " + options.getMaxHeaderSize() + " bytes)");
        } else {
            send(request, BAD_REQUEST, "the request cannot be read (expected: HTTP/1.1, RFC 9112)");
        }
    }

    static void send(HttpServerRequest request, int status, String detail) {
        Reply reply = ProblemReply.of(status, detail, List.of());
        HttpServerResponse response = request.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", reply.type())
                .putHeader("cache-control", "no-store");
        response.end(reply.body());
    }
}
