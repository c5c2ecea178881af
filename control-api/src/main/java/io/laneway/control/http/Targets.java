package io.laneway.control.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Refuses targets whose escapes cannot be read (RFC 3986 section 2.1), before the router stumbles over them and takes it
 * for an error of its own. Stateless.
 */
public final class Targets {

    private static final int HEX = 16;

    private Targets() {}

    /** Hands on what can be read. */
    public static Handler<HttpServerRequest> readable(Handler<HttpServerRequest> then) {
        return request -> {
            if (readable(request.uri())) {
                then.handle(request);
            } else {
                refuse(request);
            }
        };
    }

    static boolean readable(String target) {
        for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
            if (at + 2 >= target.length()
                    || Character.digit(target.charAt(at + 1), HEX) < 0
                    || Character.digit(target.charAt(at + 2), HEX) < 0) {
                return false;
            }
        }
        return true;
    }

    private static void refuse(HttpServerRequest request) {
        Reply reply =
                ProblemReply.of(400, "the target cannot be read (expected: two hex digits after each %)", List.of());
        request.response()
                .setStatusCode(reply.status())
                .putHeader("content-type", reply.type())
                .putHeader("cache-control", "no-store")
                .end(reply.body());
    }
}
