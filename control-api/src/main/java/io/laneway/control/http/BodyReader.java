package io.laneway.control.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Reads the body of a request whole, up to a bound, whatever its content type says: tools such as curl call JSON a form
 * by default, and a form decoder would stumble over it. The request was paused until it was known who calls, so that a
 * stranger's body is never kept. Confined to the event loop of the request.
 */
final class BodyReader {

    private static final String KEY = "laneway.body";

    private final RoutingContext context;
    private final long max;
    private final Runnable then;
    private final Buffer body = Buffer.buffer();
    private boolean refused;

    private BodyReader(RoutingContext context, long max, Runnable then) {
        this.context = context;
        this.max = max;
        this.then = then;
    }

    /** Reads the body of a paused request, then goes on; a larger one is answered 413, a compressed one 415, and not kept. */
    static void read(RoutingContext context, long max, Runnable then) {
        HttpServerRequest request = context.request();
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            request.resume();
            Reply reply = ProblemReply.of(415, "content-encoding: " + encoding + " (expected: none)", List.of());
            Routes.send(context, reply.with("accept-encoding", "identity"));
            return;
        }
        BodyReader reader = new BodyReader(context, max, then);
        request.handler(reader::take);
        request.endHandler(end -> reader.done());
        request.resume();
    }

    /** The body that was read. */
    static Buffer of(RoutingContext context) {
        Buffer body = context.get(KEY);
        return body == null ? Buffer.buffer() : body;
    }

    private void take(Buffer chunk) {
        if (refused) {
            return;
        }
        if (body.length() + (long) chunk.length() > max) {
            refused = true;
            context.response().putHeader("connection", "close");
            Routes.send(context, ProblemReply.of(413, "the body is larger than " + max + " bytes", List.of()));
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void done() {
        if (!refused) {
            context.put(KEY, body);
            then.run();
        }
    }
}
