package io.laneway.control.http.message;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/**
 * Reads the body of a request whole, up to a bound, whatever its content type says: tools such as curl call JSON a form
 * by default, and a form decoder cannot read it. The request was paused until it was known who calls, so that a
 * stranger's body is never kept. What it keeps counts until the call has its response. Confined to the event loop of the
 * request.
 */
public final class BodyReader {

    /** A body beyond this is read and done one at a time. */
    static final int LARGE = 64 << 10;

    private static final String KEY = "laneway.body";
    private static final String READER = "laneway.reader";
    private static final String VALUES = "laneway.values";

    /** How long the rest of a body may take: a slower client holds memory that others wait for. */
    private static final long TIMEOUT_MS = 60_000;

    /** What becomes of a body that is not large exists many times at once. */
    private static final int SMALL_COST = 4;

    private final RoutingContext context;
    private final CallMemory memory;
    private final BodyKind kind;
    private final long max;
    private final Runnable then;
    private final long timer;
    private Buffer body = Buffer.buffer();
    private long taken;
    private boolean over;
    private boolean calling;

    private BodyReader(RoutingContext context, CallMemory memory, BodyKind kind, Runnable then) {
        this.context = context;
        this.memory = memory;
        this.kind = kind;
        this.max = kind.bytes(memory.bounds());
        this.then = then;
        this.timer = context.vertx()
                .setTimer(
                        TIMEOUT_MS,
                        late -> refuse(ProblemReply.of(
                                408, "the body did not come within " + TIMEOUT_MS / 1000 + " s", List.of())));
        context.addEndHandler(ended -> end());
    }

    /**
     * Reads the body of a paused request, then continues. The response is 413 to one that is too large, 503 without memory
     * and 415 to a compressed one, and none of them is kept.
     */
    public static void read(RoutingContext context, CallMemory memory, BodyKind kind, Runnable then) {
        HttpServerRequest request = context.request();
        String encoding = request.getHeader("content-encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            request.resume();
            Reply reply = ProblemReply.of(415, "content-encoding: " + encoding + " (expected: none)", List.of());
            ResponseWriter.send(context, reply.with("accept-encoding", "identity"));
            return;
        }
        BodyReader reader = new BodyReader(context, memory, kind, then);
        request.handler(reader::take);
        request.endHandler(end -> reader.done());
        reader.announced(request.getHeader("content-length"));
        request.resume();
    }

    /** The body that was read. */
    public static Buffer of(RoutingContext context) {
        Buffer body = context.get(KEY);
        return body == null ? Buffer.buffer() : body;
    }

    /** Whether the body that was read is so large that it is done alone. */
    public static boolean large(RoutingContext context) {
        return of(context).length() > LARGE;
    }

    /** How many values it may hold. */
    public static int values(RoutingContext context) {
        Integer values = context.get(VALUES);
        return values == null ? 0 : values;
    }

    private void announced(String length) {
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > max) {
            tooLarge();
        }
    }

    private void take(Buffer chunk) {
        if (over) {
            return;
        }
        if (body.length() + (long) chunk.length() > max) {
            tooLarge();
        } else if (!kept(chunk)) {
            refuse(ProblemReply.of(503, "too many large bodies at once (expected: again after a second)", List.of())
                    .with("retry-after", "1"));
        } else {
            body.appendBuffer(chunk);
        }
    }

    private boolean kept(Buffer chunk) {
        long wanted = cost(body.length() + (long) chunk.length());
        if (wanted > taken && !memory.bodies().take(wanted - taken)) {
            return false;
        }
        taken = Math.max(taken, wanted);
        return true;
    }

    private static long cost(long bytes) {
        return bytes + (SMALL_COST - 1) * Math.min(bytes, LARGE);
    }

    private void tooLarge() {
        refuse(ProblemReply.of(413, "the body is larger than " + max + " bytes", List.of()));
    }

    private void refuse(Reply reply) {
        if (!over) {
            over = true;
            drop();
            context.response().putHeader("connection", "close");
            ResponseWriter.send(context, reply);
        }
    }

    private void done() {
        if (!over) {
            over = true;
            context.vertx().cancelTimer(timer);
            calling = true;
            context.put(READER, this);
            context.put(KEY, body);
            context.put(VALUES, kind.values(memory.bounds()));
            then.run();
        }
    }

    /** The response was sent, or its connection is gone: then what is being done with the body still needs it. */
    private void end() {
        over = true;
        if (!calling) {
            drop();
        }
    }

    /** What was to be done with the body is done. */
    public static void release(RoutingContext context) {
        if (context.remove(READER) instanceof BodyReader reader) {
            reader.drop();
        }
    }

    private void drop() {
        context.vertx().cancelTimer(timer);
        memory.bodies().give(taken);
        taken = 0;
        body = Buffer.buffer();
    }
}
