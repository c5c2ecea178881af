package io.laneway.control.http;

import io.laneway.control.http.message.ProblemReply;
import io.laneway.control.http.message.Reply;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Refuses what the server cannot read as a request of HTTP/1.1, and closes the connection: nothing says where the next
 * request begins. Stateless.
 */
public final class UnreadableRequests {

    private UnreadableRequests() {}

    /**
     * The handler of such requests.
     *
     * @param line    bytes that a request line may have
     * @param headers bytes that the header fields may have in all
     */
    public static Handler<HttpServerRequest> refused(int line, int headers) {
        return request -> {
            // Its text, as its type is Netty's, which this module does not use.
            Reply reply = reply(String.valueOf((Object) request.decoderResult()), line, headers);
            request.response()
                    .setStatusCode(reply.status())
                    .putHeader("content-type", reply.type())
                    .putHeader("cache-control", "no-store")
                    .putHeader("connection", "close")
                    .end(reply.body())
                    .onComplete(sent -> request.connection().close());
        };
    }

    private static Reply reply(String failure, int line, int headers) {
        if (failure.contains("TooLongHttpLineException")) {
            return ProblemReply.of(414, "request line: too long (expected: " + line + " bytes at most)", List.of());
        }
        if (failure.contains("TooLongHttpHeaderException")) {
            return ProblemReply.of(
                    431, "header fields: too large (expected: " + headers + " bytes at most in all)", List.of());
        }
        return ProblemReply.of(
                400,
                "the request line or a header field cannot be read (expected: HTTP/1.1 as in RFC 9112)",
                List.of());
    }
}
