package io.laneway.gateway.server.adminhttp;

import io.laneway.gateway.protocol.head.ReasonPhrase;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One call: what was asked, and the way to respond. Responding is safe for many threads; of two responses the first counts. */
public final class AdminCall {

    private static final Logger log = LoggerFactory.getLogger(AdminCall.class);

    /** Bytes of a body that are read; the rest of a longer one is thrown away. */
    static final int MOST_BODY = 64 * 1024;

    /** Not {@code Json.CODEC}, which takes Jackson's databind where it is there: five hundred classes for a few members. */
    private static final JacksonCodec JSON = new JacksonCodec();

    private final CallResponder responder;
    private final HttpRequest head;
    private final byte[] body;
    private final boolean tooLong;

    AdminCall(CallResponder responder, HttpRequest head, byte[] body, boolean tooLong) {
        this.responder = responder;
        this.head = head;
        this.body = body;
        this.tooLong = tooLong;
    }

    public String method() {
        return head.method().name();
    }

    /** The request target as it was sent. */
    public String target() {
        return head.uri();
    }

    /** The target's path as it was sent, of an absolute target too (RFC 9112, 3.2.2). */
    public String path() {
        String origin = origin();
        int end = 0;
        while (end < origin.length() && "?#".indexOf(origin.charAt(end)) < 0) {
            end++;
        }
        return origin.substring(0, end);
    }

    private String origin() {
        String target = head.uri();
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme < 0) {
            return target;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }

    /** The value of a header, the first of several; null if there is none. */
    public @Nullable String header(String name) {
        return head.headers().get(name);
    }

    /** Every value of a header. */
    public List<String> headers(String name) {
        return head.headers().getAll(name);
    }

    /** The parameters of the query, in their order; where they cannot be read, the client gets a 400. */
    public Map<String, List<String>> query() {
        try {
            return new LinkedHashMap<>(new QueryStringDecoder(origin()).parameters());
        } catch (IllegalArgumentException e) {
            throw new UnreadableCall(e);
        }
    }

    /** The first value of a parameter, the empty text if there is none. */
    public String parameter(String name) {
        List<String> values = query().get(name);
        return values == null ? "" : values.get(0);
    }

    boolean isTooLong() {
        return tooLong;
    }

    HttpRequest head() {
        return head;
    }

    /** @throws RuntimeException if the body is no JSON object */
    public JsonObject jsonBody() {
        return (JsonObject) JSON.fromString(new String(body, StandardCharsets.UTF_8), Object.class);
    }

    /** Works on another thread, which may block, and passes on the result there; a failure is a 500. */
    public <T> void work(Callable<T> work, Consumer<T> then) {
        responder.work(() -> {
            try {
                then.accept(work.call());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                fail(e);
            } catch (Exception e) {
                fail(e);
            }
        });
    }

    /** Responds with JSON that is not to be kept. */
    public void json(int status, JsonObject object) {
        json(status, text(object) + "\n");
    }

    /** Responds with JSON that is written already, not to be kept. */
    public void json(int status, String json) {
        FullHttpResponse response = response(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
        responder.respond(head, response);
    }

    /** Responds with an RFC 9457 problem. */
    public void problem(int status, String detail) {
        responder.respond(head, problemOf(status, detail));
    }

    /** An RFC 9457 problem. */
    static FullHttpResponse problemOf(int status, String detail) {
        String problem = text(new JsonObject()
                .put("type", "about:blank")
                .put("title", ReasonPhrase.of(status))
                .put("status", status)
                .put("detail", detail));
        return response(status, "application/problem+json", problem.getBytes(StandardCharsets.UTF_8));
    }

    /** Responds with the methods there are: 204 to OPTIONS (RFC 9110 section 9.3.7), 405 to others (section 15.5.6). */
    void allowed(String methods) {
        FullHttpResponse response = method().equals("OPTIONS")
                ? new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.NO_CONTENT)
                : problemOf(405, "not this method here (expected: " + methods + ")");
        response.headers().set(HttpHeaderNames.ALLOW, methods);
        responder.respond(head, response);
    }

    /** Responds. */
    public void respond(int status, String contentType, byte[] content) {
        responder.respond(head, response(status, contentType, content));
    }

    /** Responds with a 500, the reason in the log. */
    public void fail(Throwable reason) {
        log.atWarn().setCause(reason).log("admin call failed");
        problem(500, "see the gateway's log");
    }

    /**
     * Begins a response without end; its head goes out once its content is ready to come, and alone to HEAD. To be called by
     * the handler, before it returns.
     */
    public void stream(String contentType, Consumer<CallStream> content) {
        if (head.method().equals(HttpMethod.HEAD)) {
            FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                    .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
            responder.respond(head, response);
            return;
        }
        responder.stream(head, contentType, content);
    }

    /** An object as JSON. */
    public static String text(JsonObject object) {
        return JSON.toString(object, false);
    }

    private static FullHttpResponse response(int status, String contentType, byte[] content) {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), Unpooled.wrappedBuffer(content));
        response.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, contentType)
                .set(HttpHeaderNames.CONTENT_LENGTH, content.length);
        return response;
    }
}
