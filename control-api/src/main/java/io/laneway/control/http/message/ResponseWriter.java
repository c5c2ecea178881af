package io.laneway.control.http.message;

import io.laneway.control.edit.IfMatch;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes replies as HTTP responses. Stateless; on the event loop of the request. */
public final class ResponseWriter {

    private static final Logger log = LoggerFactory.getLogger(ResponseWriter.class);

    /** Replies beyond this count until their clients have taken them. */
    private static final int LARGE_REPLY = 64 << 10;

    private ResponseWriter() {}

    /** Sends the problem that a failure is. */
    public static void fail(RoutingContext ctx, Throwable error) {
        Reply reply = ProblemReply.of(error);
        if (reply.status() >= 500) {
            // A store that is full or away fails every call, and its cause says all.
            log.atLevel(reply.status() == 503 ? Level.WARN : Level.ERROR)
                    .setCause(error)
                    .addKeyValue("method", ctx.request().method())
                    .addKeyValue("path", ctx.request().path())
                    .log("call failed");
        }
        send(ctx, reply.status() == 401 ? reply.with("www-authenticate", "Bearer") : reply);
    }

    /** Sends a reply that may be large, or a problem if there is no memory for it. */
    public static void send(RoutingContext ctx, CallMemory memory, Reply reply) {
        long size = reply.body().length() > LARGE_REPLY ? reply.body().length() : 0;
        if (reply.file() != null) {
            SentFile.send(ctx, reply, reply.file());
        } else if (size == 0) {
            send(ctx, reply);
        } else if (memory.replies().take(size)) {
            written(ctx, reply).onComplete(any -> memory.replies().give(size));
        } else {
            send(ctx, ProblemReply.slowReaders());
        }
    }

    /** Sends a small reply. */
    public static void send(RoutingContext ctx, Reply reply) {
        var unused = written(ctx, reply);
    }

    /** Sends a reply; done when its last byte was passed to the system, or when its connection is gone. */
    private static Future<Void> written(RoutingContext ctx, Reply reply) {
        HttpServerResponse response = ctx.response();
        if (response.ended() || response.closed()) {
            return Future.succeededFuture();
        }
        reply.headers().forEach(response::putHeader);
        response.putHeader("cache-control", "no-store");
        if (unchanged(ctx, reply)) {
            return response.setStatusCode(304).end();
        }
        if (reply.status() == 204) {
            return response.setStatusCode(204).end();
        }
        return response.setStatusCode(reply.status())
                .putHeader("content-type", reply.type())
                .end(reply.body());
    }

    /** RFC 9110 section 13.1.2, for what is read. */
    private static boolean unchanged(RoutingContext ctx, Reply reply) {
        String condition = ctx.request().getHeader("if-none-match");
        String tag = reply.headers().get("etag");
        boolean read = ctx.request().method().equals(HttpMethod.GET)
                || ctx.request().method().equals(HttpMethod.HEAD);
        return read
                && condition != null
                && tag != null
                && reply.status() == 200
                && IfMatch.weak(condition).holds(tag.startsWith("W/") ? tag.substring(2) : tag);
    }
}
